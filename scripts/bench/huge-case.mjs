import { mkdirSync, rmSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { benchTask } from './process.mjs'
import { interleaved, median } from './statistics.mjs'

const SIZES = {
  full: { wide: { rows: 20000, cols: 20000, bands: 5 }, deep: { rows: 2000, cols: 2000, bands: 400 } },
  quick: { wide: { rows: 400, cols: 400, bands: 5 }, deep: { rows: 100, cols: 100, bands: 40 } },
}
const STORAGES = {
  bsq: { file: 'scene.bsq', interleave: 'bsq', compression: 'none' },
  bil: { file: 'scene.bil', interleave: 'bil', compression: 'none' },
  bip: { file: 'scene.bip', interleave: 'bip', compression: 'none' },
  tif: { file: 'scene.tif', interleave: 'bsq', compression: 'deflate' },
}
/** Scene, working copy and overviews at once. */
const DISK_BYTES = 12e9
const ROUNDS = { full: 3, quick: 1 }

/** The median of each field of one step over all rounds. */
function middle(runs, step) {
  const field = (name) => median(runs.map((run) => run[step][name]))
  return { wallSeconds: field('wallSeconds'), cpuSeconds: field('cpuSeconds'), peakMb: field('peakMb') }
}

/**
 * What the window asks of scenes of gigabytes, in the scene process's own code: with what the application prepares for them, and
 * beside it without. Files are made one after the other and removed.
 * @param {{quick: boolean, folder: string}} setting
 */
export function hugeCase({ quick, folder }) {
  const kind = quick ? 'quick' : 'full'
  return {
    name: 'huge',
    run: async () => {
      const { bavail, bsize } = statfsSync(folder)
      if (!quick && bavail * bsize < DISK_BYTES) throw new Error(`${folder}: ${DISK_BYTES / 1e9} GB of disk are needed; set TMPDIR to a folder on another disk`)
      const rows = []
      for (const [shape, size] of Object.entries(SIZES[kind])) {
        for (const [storage, { file, ...layout }] of Object.entries(STORAGES)) {
          const place = join(folder, `huge-${shape}-${storage}`)
          mkdirSync(join(place, 'cache'), { recursive: true })
          const source = join(place, file)
          await benchTask('scene', { ...size, type: 'int16', out: source, ...layout })
          const { bytes, ...cost } = await benchTask('prepare', { source, out: join(place, 'cache') })
          const name = `huge/${shape}-${storage}`
          rows.push({ name: `${name}/job`, ours: cost, besideName: '', beside: null, note: `overviews${bytes > size.rows * size.cols * size.bands * 2 ? ' and working copy' : ''}: ${(bytes / 1e9).toFixed(2)} GB` })
          const pictures = (out) => () => benchTask('pictures', { source, out })
          const [prepared, plain] = await interleaved(ROUNDS[kind], pictures(join(place, 'cache')), pictures(''))
          for (const step of Object.keys(prepared[0])) {
            rows.push({ name: `${name}/${step}`, ours: middle(prepared, step), besideName: 'from the file', beside: middle(plain, step), note: '' })
          }
          rmSync(place, { recursive: true, force: true })
        }
      }
      return rows
    },
  }
}
