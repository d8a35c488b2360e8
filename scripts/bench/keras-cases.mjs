import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cacheFolder, tensorflowVersion } from '../setup/platforms.mjs'
import { run } from '../setup/run.mjs'
import { benchTask, errorLine, jobEnvironment, jsonOf } from './process.mjs'
import { interleaved, medianRun } from './statistics.mjs'
import { figure } from './table.mjs'

const script = fileURLToPath(new URL('keras-case.py', import.meta.url))
/** As `PAPER` and `SCALE` of src/main/workers/bench-network.ts. */
const SIZES = { scale: 2, batch: 4, side: 36 }
const STEPS = { full: 8, quick: 2 }

async function succeed(command, words) {
  const { code, stderr } = await run(command, words)
  if (code !== 0) throw new Error(`${command} ${words.join(' ')}: ${errorLine(stderr)}`)
}

/** A Python with Keras on the TensorFlow that we run, made once in the cache folder (1.5 GB). @returns {Promise<string>} */
async function kerasPython() {
  const folder = join(cacheFolder({ system: process.platform, env: process.env }), `keras-on-tensorflow-${tensorflowVersion}`)
  const python = join(folder, 'bin', 'python')
  if (existsSync(join(folder, 'ready'))) return python
  console.log(`making ${folder}: Keras beside TensorFlow ${tensorflowVersion}`)
  rmSync(folder, { recursive: true, force: true })
  await succeed('python3', ['-m', 'venv', folder])
  await succeed(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `tensorflow-cpu==${tensorflowVersion}`])
  await succeed(python, ['-c', `import keras, pathlib; pathlib.Path(${JSON.stringify(join(folder, 'ready'))}).write_text(keras.__version__)`])
  return python
}

/**
 * A training step and an inference of the published network, ours beside Keras 3 on the same TensorFlow: on demand, because
 * the first run installs Keras.
 * @param {{quick: boolean}} setting
 */
export function kerasCases({ quick }) {
  const { scale, batch, side } = SIZES
  return ['train', 'infer'].map((task) => ({
    name: `keras/${task}-paper`,
    run: async () => {
      const python = await kerasPython()
      const steps = quick ? STEPS.quick : STEPS.full
      const name = `${task}-paper`
      const environment = await jobEnvironment(name, 'float32')
      const [ours, keras] = await interleaved(quick ? 1 : 3, () => benchTask('network', { name, steps }, environment), () => jsonOf(python, [script, task, scale, batch, side, steps]))
      const row = { name: `keras/${name}`, ours: medianRun(ours), besideName: `Keras ${keras[0].keras}`, beside: medianRun(keras), note: '', runs: { ours, beside: keras } }
      return [{ ...row, note: `${figure(1 / row.ours.wallSeconds)} steps/s of ${batch} tiles of ${side} x ${side} pixels at ${scale}x` }]
    },
  }))
}
