import { SetupFailure } from './failure.mjs'
import { lastLines, run } from './run.mjs'

/** TensorFlow is installed and does not start: the one failure after which another variant is worth a try. */
export class StartFailure extends SetupFailure {}

// Loads what the application loads, computes one sum on it, and names the device. util.isNullOrUndefined is gone
// since Node 23; the application supplies it in src/main/model/legacy-node-util.ts.
const program = `
const util = require('node:util')
util.isNullOrUndefined ??= (value) => value === null || value === undefined
util.isArray ??= Array.isArray
const tf = require('@tensorflow/tfjs-node-gpu')
const sum = tf.conv2d(tf.ones([1, 4, 4, 2]), tf.ones([3, 3, 2, 1]), 1, 'valid').sum().dataSync()[0]
if (sum !== 72) throw new Error('a convolution gave ' + sum + ' instead of 72')
process.stdout.write('\\n' + JSON.stringify({ tensorflow: tf.backend().binding.TF_Version, gpu: tf.backend().isUsingGpuDevice === true }))
`

/**
 * Starts TensorFlow in a process of its own, so that a crash in native code is a result and not the set-up's end.
 * @param {string} root the checkout whose node_modules is used
 * @returns {Promise<{tensorflow: string, gpu: boolean, warnings: string}>} the library's version, whether it computes on
 *   a GPU, and what it said against the GPU
 */
export async function startTensorflow(root) {
  const result = await run(process.execPath, ['-e', program], {
    cwd: root,
    timeoutMs: 120_000,
    env: { TF_CPP_MIN_LOG_LEVEL: '1', TF_FORCE_GPU_ALLOW_GROWTH: 'true' },
  })
  if (result.code === 0) {
    const warnings = result.stderr.split('\n').filter((line) => /^[WE]\d{4} .*\b(cuda|gpu|cudnn|dlopen)/i.test(line))
    return { ...JSON.parse(lastLines(result.stdout, 1)), warnings: warnings.map((line) => line.replace(/^.*?\] /, '')).join('\n') }
  }
  const reason = result.signal === 'SIGILL'
    ? 'this processor lacks an instruction that the library uses (AVX)'
    : result.signal
      ? `it was ended by ${result.signal}\n${lastLines(result.stderr, 3)}`
      : (result.stderr.match(/^\w*Error: .*$/m)?.[0] ?? lastLines(result.stderr, 3))
  throw new StartFailure(
    `TensorFlow was installed but does not start: ${reason}`,
    'Run `node scripts/setup.mjs --verify`, which compares every file with its checksum; if that helps not, report the line above.',
  )
}
