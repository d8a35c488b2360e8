import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend'
import { tf, type Tensor } from './tensorflow'

/** Attributes of an operation by name: numbers are floats. */
type Attributes = Readonly<Record<string, boolean | number | string>>

/** What runs the operations of TensorFlow.js in TensorFlow. */
export function nativeBackend(): NodeJSKernelBackend {
  return tf.backend() as NodeJSKernelBackend
}

/** Whether operations run on a graphics card. */
export function runsOnCard(): boolean {
  return nativeBackend().isUsingGpuDevice
}

/**
 * Runs the TensorFlow operation `name` on float32 tensors and returns its outputs: some that TensorFlow has are not
 * offered by TensorFlow.js. No gradient is recorded, so call it inside `withGradient`. Throws when this build of
 * TensorFlow has no such operation for its device.
 */
export function nativeOperation(name: string, inputs: readonly Tensor[], outputs: number, attributes: Attributes = {}): Tensor[] {
  const backend = nativeBackend()
  const { binding } = backend
  const kinds = { boolean: binding.TF_ATTR_BOOL, number: binding.TF_ATTR_FLOAT, string: binding.TF_ATTR_STRING }
  return backend.executeMultipleOutputs(name, [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    ...Object.entries(attributes).map(([key, value]) => ({ name: key, type: kinds[typeof value as keyof typeof kinds], value })),
  ], [...inputs], outputs)
}
