import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { benchTask } from './process.mjs'
import { runDacn } from './run-dacn.mjs'
import { interleaved, medianRun } from './statistics.mjs'
import { figure } from './table.mjs'

const BANDS = 200
const SIDE = { full: 256, quick: 48 }

/**
 * Upscaling one scene at 2x with an untrained `studio` model, as it serves by default and with `--quality fast`, and with the
 * published network: the whole command, from the file to the result.
 * @param {{quick: boolean, folder: string}} setting
 */
export function presetCase({ quick, folder }) {
  const side = quick ? SIDE.quick : SIDE.full
  const rounds = quick ? 1 : 3
  return {
    name: 'presets',
    run: async () => {
      const scene = join(folder, 'presets.bip')
      const models = { studio: join(folder, 'studio-model'), paper: join(folder, 'paper-model') }
      await benchTask('scene', { rows: side, cols: side, bands: BANDS, type: 'int16', out: scene })
      for (const [name, out] of Object.entries(models)) await benchTask('model', { name, bands: BANDS, out })
      const upscale = (preset, ...words) => async () => {
        const out = join(folder, 'presets-2x.tif')
        rmSync(out, { force: true })
        return runDacn(['upscale', scene, out, '--model', models[preset], '--no-receipt', ...words])
      }
      const rows = []
      for (const quality of ['best', 'fast']) {
        const [studio, paper] = await interleaved(rounds, upscale('studio', '--quality', quality), upscale('paper'))
        const [ours, beside] = [medianRun(studio), medianRun(paper)]
        rows.push({
          name: `presets/upscale-${quality}`, ours, besideName: 'published network', beside, runs: { ours: studio, beside: paper },
          note: `${side} x ${side} x ${BANDS} at 2x; the published network takes ${figure(beside.wallSeconds / ours.wallSeconds)} times as long`,
        })
      }
      return rows
    },
  }
}
