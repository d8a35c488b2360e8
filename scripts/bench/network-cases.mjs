import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { benchTask, jobEnvironment } from './process.mjs'
import { interleaved, medianRun, signalToNoiseDb } from './statistics.mjs'
import { figure } from './table.mjs'

const CASES = ['train-studio', 'infer-studio', 'train-paper', 'infer-paper']
/** Of a published network's step, which takes about a second, fewer will do. */
const STEPS = { studio: 20, paper: 5 }
const QUICK_STEPS = 2

/** @param {string} path of little-endian float32 values @returns {Float32Array} */
function readFloats(path) {
  const bytes = readFileSync(path)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/** @param {number} decibels Infinity where the library computes in float32 all the same, as it does on processors without matrix units */
function agreement(decibels) {
  return decibels === Infinity ? 'bfloat16 gives the same bits: the library does not use it on this processor' : `bfloat16 agrees to ${figure(decibels)} dB`
}

/**
 * One training step and one inference of each network, in float32 and beside it in bfloat16.
 * @param {{quick: boolean, folder: string}} setting
 */
export function networkCases({ quick, folder }) {
  return CASES.map((name) => ({
    name: `network/${name}`,
    run: async () => {
      const steps = quick ? QUICK_STEPS : STEPS[name.endsWith('studio') ? 'studio' : 'paper']
      const outputs = { float32: join(folder, 'float32.f32'), bfloat16: join(folder, 'bfloat16.f32') }
      const environments = { float32: await jobEnvironment(name, 'float32'), bfloat16: await jobEnvironment(name, 'bfloat16') }
      const measure = (precision) => () =>
        benchTask('network', { name, steps, ...(name.startsWith('infer') ? { out: outputs[precision] } : {}) }, environments[precision])
      const [float32, bfloat16] = await interleaved(quick ? 1 : 3, measure('float32'), measure('bfloat16'))
      const ours = medianRun(float32)
      const beside = medianRun(bfloat16)
      const notes = [
        `${figure(1 / ours.wallSeconds)} steps/s`,
        `${figure(ours.gflopPerStep)} GFLOP at ${figure(ours.gflopsPerSecond)} GFLOP/s = ${Math.round((100 * ours.gflopsPerSecond) / ours.matmulGflopsPerSecond)} % of matmul`,
        `${figure(ours.peakTensorMb)} MB in tensors`,
      ]
      if (name.startsWith('infer')) notes.push(agreement(signalToNoiseDb(readFloats(outputs.float32), readFloats(outputs.bfloat16))))
      return [{ name: `network/${name}`, ours, besideName: 'bfloat16', beside, note: notes.join('; '), runs: { ours: float32, beside: bfloat16 } }]
    },
  }))
}
