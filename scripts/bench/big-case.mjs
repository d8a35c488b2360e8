import { existsSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { benchTask, root } from './process.mjs'
import { runDacn } from './run-dacn.mjs'

const BANDS = 200
const SCALE = 2

function assertRoom(folder, bytes) {
  const { bavail, bsize } = statfsSync(folder)
  if (bavail * bsize < bytes) {
    throw new Error(`${folder}: ${Math.ceil(bytes / 1e9)} GB of disk are needed, ${Math.floor((bavail * bsize) / 1e9)} are free; set TMPDIR to a folder on another disk`)
  }
}

/**
 * Upscaling of a scene that does not fit into the memory budget, as a user starts it. Its memory is that of the job process.
 * @param {{folder: string, sceneSize: number, model: string | null}} setting
 */
export function bigCase({ folder, sceneSize, model }) {
  return {
    name: 'big',
    run: async () => {
      const inputBytes = sceneSize * sceneSize * BANDS * 2
      assertRoom(folder, inputBytes * (1 + SCALE * SCALE) * 1.1)
      const scene = join(folder, 'big.bip')
      const out = join(folder, 'big-2x.bip')
      await benchTask('scene', { rows: sceneSize, cols: sceneSize, bands: BANDS, type: 'int16', out: scene })
      let chosen = model ?? join(root, 'resources', 'models', `studio-${SCALE}x`)
      if (model === null && !existsSync(chosen)) {
        chosen = join(folder, 'fresh-model')
        await benchTask('model', { bands: BANDS, out: chosen })
      }
      const { wallSeconds, peakMb } = await runDacn(['upscale', scene, out, '--model', chosen])
      const outputBytes = statSync(out).size
      const note = `${sceneSize} x ${sceneSize} x ${BANDS} int16 to ${(outputBytes / 1e9).toFixed(3)} GB; ${Math.round((sceneSize * SCALE) ** 2 * BANDS / 1e3 / wallSeconds)} thousand samples/s; budget 2048 MB`
      return [{ name: 'big', ours: { wallSeconds, peakMb }, besideName: '', beside: null, note, outputBytes, model: chosen }]
    },
  }
}
