import type { JobContext } from '../common/job-context'
import { StudioError } from '../common/errors'
import type { SelfTestResult } from '../jobs/job-result'
import type { SelfTestSpec } from '../jobs/job-spec'
import { tf, type Tensor4D } from '../model/tensorflow'

/** The parts of TensorFlow's native back end that name versions and devices. */
interface NativeBackend {
  binding: { TF_Version: string }
  isUsingGpuDevice: boolean
}

/**
 * Learns a 3 x 3 filter from its effect on noise for `spec.seconds`, through the same operations that the networks use
 * (convolution, its gradient, an optimizer). Throws 'diverged' when the loss does not fall to a tenth.
 */
export async function runSelfTest(spec: SelfTestSpec, context: JobContext): Promise<SelfTestResult> {
  await tf.ready()
  const backend = tf.backend() as unknown as NativeBackend
  const noise = tf.randomNormal<Tensor4D['rankType']>([4, 24, 24, 4], 0, 1, 'float32', 1)
  const truth = tf.randomNormal<Tensor4D['rankType']>([3, 3, 4, 4], 0, 0.3, 'float32', 2)
  const target = tf.conv2d(noise, truth, 1, 'same')
  const filter = tf.variable(tf.zeros([3, 3, 4, 4])) as unknown as Tensor4D
  const optimizer = tf.train.adam(0.02)
  const loss = (): ReturnType<typeof tf.scalar> => tf.losses.meanSquaredError(target, tf.conv2d(noise, filter, 1, 'same'))

  const losses: number[] = []
  const started = performance.now()
  let seconds = 0
  while (seconds < spec.seconds || losses.length < 2) {
    await context.breathe()
    const value = optimizer.minimize(loss, true)
    if (value === null) throw new StudioError('diverged', 'The self-test got no loss from TensorFlow.')
    losses.push((await value.data())[0] as number)
    value.dispose()
    seconds = (performance.now() - started) / 1000
    context.progress('self-test', Math.min(seconds, spec.seconds), spec.seconds, 's')
  }
  tf.dispose([noise, truth, target, filter])
  optimizer.dispose()

  const firstLoss = losses[0] as number
  const lastLoss = losses[losses.length - 1] as number
  if (!(lastLoss < firstLoss / 10)) {
    throw new StudioError('diverged', `TensorFlow computes, but the self-test did not learn: loss ${firstLoss} at first, ${lastLoss} after ${losses.length} steps.`, {
      remedy: 'Run `npm run setup`; with a graphics card, try DACN_RUNTIME=cpu.',
    })
  }
  return {
    tensorflow: backend.binding.TF_Version,
    binding: tf.version['tfjs-node'],
    devices: backend.isUsingGpuDevice ? ['CPU:0', 'GPU:0'] : ['CPU:0'],
    steps: losses.length,
    seconds,
    firstLoss,
    lastLoss,
  }
}
