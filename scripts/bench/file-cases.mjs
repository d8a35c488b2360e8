import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { benchTask } from './process.mjs'
import { interleaved, medianRun } from './statistics.mjs'

const TYPES = ['int16', 'float32']
const LAYOUTS = [
  ...['bsq', 'bil', 'bip'].map((interleave) => ({ format: 'envi', interleave, compression: 'none' })),
  ...['none', 'deflate', 'zstd'].flatMap((compression) => ['bsq', 'bip'].map((interleave) => ({ format: 'tif', interleave, compression }))),
]
const FULL = { rows: 512, cols: 512, bands: 224, rounds: 3 }
const QUICK = { rows: 96, cols: 80, bands: 40, rounds: 2 }

/**
 * Reading and writing of a scene in every layout, beside GDAL.
 * @param {{quick: boolean, folder: string, gdal: Awaited<ReturnType<typeof import('./gdal.mjs').findGdal>>}} setting
 * @returns {{name: string, run: () => Promise<import('./table.mjs').Row[]>}[]}
 */
export function fileCases({ quick, folder, gdal }) {
  const { rounds, ...size } = quick ? QUICK : FULL
  const besideName = gdal === null ? '' : `GDAL ${gdal.version}`

  async function sourceOf(type) {
    const source = join(folder, `${type}.bip`)
    if (!existsSync(source)) await benchTask('scene', { ...size, type, out: source })
    return source
  }

  const nameOf = ({ format, interleave, compression }) => (format === 'envi' ? `envi-${interleave}` : `tif-${compression}-${interleave}`)

  return TYPES.flatMap((type) => LAYOUTS.flatMap((layout) => {
    const name = `${type}/${nameOf(layout)}`
    const { interleave, compression } = layout
    const extension = layout.format === 'envi' ? interleave : 'tif'
    const bytes = size.rows * size.cols * size.bands * (type === 'int16' ? 2 : 4)
    const mine = join(folder, `ours.${extension}`)
    const theirs = join(folder, `gdal.${extension}`)
    const discard = () => {
      for (const path of [mine, theirs]) {
        const beside = ['.hdr', '.aux.xml'].flatMap((end) => [path + end, path.replace(/\.\w+$/, end)])
        for (const file of [path, ...beside]) rmSync(file, { force: true })
      }
    }
    const write = async () => benchTask('write', { ...size, type, interleave, compression, source: await sourceOf(type), out: mine })

    async function measure(first, second) {
      const [ours, beside] = await interleaved(rounds, first, gdal === null ? null : second)
      discard()
      const cost = medianRun(ours)
      return { ours: cost, besideName, beside: gdal === null ? null : medianRun(beside), speed: `${Math.round(bytes / 1e6 / cost.wallSeconds)} MB/s`, runs: { ours, beside } }
    }

    return [
      {
        name: `write/${name}`,
        run: async () => {
          const source = await sourceOf(type)
          // a file that has to be replaced costs more than a new one
          const fresh = (work) => async () => {
            discard()
            return work()
          }
          const { speed, ...row } = await measure(
            fresh(write),
            fresh(() => gdal.run('write', source, size.rows, size.cols, size.bands, type, interleave, compression, theirs)),
          )
          return [{ name: `write/${name}`, ...row, note: speed }]
        },
      },
      {
        name: `read/${name}`,
        run: async () => {
          await write()
          const { speed, ...row } = await measure(() => benchTask('read', { source: mine }), () => gdal.run('read', mine))
          const { ours, beside } = row.runs
          if (beside.some(({ sum }) => sum !== ours[0].sum)) throw new Error(`read/${name}: GDAL and DACN Studio read different samples`)
          return [{ name: `read/${name}`, ...row, note: speed }]
        },
      },
    ]
  }))
}
