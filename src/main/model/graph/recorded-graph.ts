import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TFEOpAttr } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding'
import { nativeBackend } from '../native-operation'
import { tf, type Tensor } from '../tensorflow'
import { GraphDefinition } from './graph-definition'

type TensorInfo = Pick<Tensor, 'dataId' | 'shape' | 'dtype'>

/** A graph that TensorFlow has loaded: gives the outputs for inputs of the recorded shapes. It lives as long as the process. */
export type LoadedGraph = (inputs: readonly Tensor[]) => Tensor[]

/**
 * Runs `f` once, with every operation written into a graph, and loads that graph. `f` must do the same whatever the values
 * of its inputs, read none of them, return none of them, and take all that changes from call to call as float32 inputs:
 * what else it uses becomes a constant.
 */
export function recordGraph(f: (inputs: readonly Tensor[]) => Tensor[], inputs: readonly Tensor[]): LoadedGraph {
  const { definition, feeds, outputs } = record(f, inputs)
  const backend = nativeBackend()
  const session = load(definition)
  const infos = feeds.map((name) => ({ name, dtype: 'float32' as const }))
  return (values) => backend.runSavedModel(session, [...values], infos, outputs)
}

interface Recording {
  definition: GraphDefinition
  /** Names of the nodes of the inputs and outputs. */
  feeds: string[]
  outputs: string[]
}

function record(f: (inputs: readonly Tensor[]) => Tensor[], inputs: readonly Tensor[]): Recording {
  const backend = nativeBackend()
  const definition = new GraphDefinition(backend.binding)
  const known = new Map<object, string>()
  const feeds = inputs.map(({ dataId, shape }) => {
    const name = definition.placeholder(shape)
    known.set(dataId, name)
    return name
  })
  const nameOf = ({ dataId, dtype, shape }: TensorInfo): string => {
    let name = known.get(dataId)
    if (name === undefined) {
      const { buffer, byteOffset, byteLength } = backend.readSync(dataId) as Float32Array
      name = definition.constant(dtype, shape, Buffer.from(buffer, byteOffset, byteLength))
      known.set(dataId, name)
    }
    return name
  }
  let lastProduct: string | null = null
  const sums = new Set<string>()
  const write = (operation: string, attributes: TFEOpAttr[], operands: readonly TensorInfo[], results: readonly Tensor[]): void => {
    const isProduct = operation === 'BatchMatMulV2'
    // one after the other as recorded: side by side, all pieces of the attention's scores would be in memory
    const after = isProduct && lastProduct !== null ? [`^${lastProduct}`] : []
    const isSum = operation === 'Add' && operands.every(({ shape }) => shape.join() === operands[0]?.shape.join())
    const names = operands.map(nameOf)
    const name = isSum && names.some((one) => sums.has(one))
      ? definition.separateSum(attributes, names, operands[0]?.shape ?? [])
      : definition.operation(operation, attributes, [...names, ...after])
    if (isProduct) lastProduct = name
    if (isSum) sums.add(name)
    results.forEach(({ dataId }, index) => known.set(dataId, index === 0 ? name : `${name}:${index}`))
  }
  const [single, multiple] = [backend.executeSingleOutput.bind(backend), backend.executeMultipleOutputs.bind(backend)]
  backend.executeSingleOutput = (operation, attributes, operands) => {
    const result = single(operation, attributes, operands)
    write(operation, attributes, operands, [result])
    return result
  }
  backend.executeMultipleOutputs = (operation, attributes, operands, count) => {
    const results = multiple(operation, attributes, operands, count)
    write(operation, attributes, operands, results)
    return results
  }
  tf.engine().startScope()
  try {
    const outputs = f(inputs)
    const recording = { definition, feeds, outputs: outputs.map(nameOf) }
    // those that were kept beyond the scope as well
    tf.dispose(outputs)
    return recording
  } finally {
    tf.engine().endScope()
    backend.executeSingleOutput = single
    backend.executeMultipleOutputs = multiple
  }
}

/** TensorFlow loads graphs from folders only. @returns the number of its session */
function load(definition: GraphDefinition): number {
  const folder = mkdtempSync(join(tmpdir(), 'dacn-graph-'))
  try {
    writeFileSync(join(folder, 'saved_model.pb'), definition.savedModel())
    return nativeBackend().loadSavedModelMetaGraph(folder, 'serve')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
