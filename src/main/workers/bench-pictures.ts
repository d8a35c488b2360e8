import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { quietContext } from '../common/job-context'
import type { CubeReader } from '../cube/cube-reader'
import { wholeWindow } from '../cube/pixel-window'
import { bandStatistics } from '../scenes/band-statistics'
import { openScene } from '../scenes/open-scene'
import { readPicture, type PictureRequest } from '../scenes/picture'
import type { SceneSource } from '../scenes/scene-messages'
import { readVolume } from '../scenes/volume'
import { Stopwatch, type Cost } from './bench-stopwatch'
import { runPrepareJob } from './prepare-job'

/** What a map of 1440 x 900 pixels asks for: a quarter more at each side. */
const SIGHT = { rows: 1350, cols: 2160 }
/** Places at which a picture of each scale is made; the median counts. */
const PLACES = [0.15, 0.4, 0.65, 0.9]
/** Scene pixels a screen pixel; the last ones are just short of a level, where most is read. */
const SCALES = { full: 1, near: 1.6, middle: 3.3 }
const VOLUME = { side: 256, slices: 128 }

/** Makes what the application makes for the scene at its first opening, in `folder`; `bytes` of it. */
export async function benchPrepare(scene: string, folder: string): Promise<Cost & { bytes: number }> {
  const { facts, reader } = await openScene({ path: scene, variable: null, repairs: {}, workingCopy: null })
  await reader.close()
  const copy = join(folder, 'copy.img')
  const overviews = join(folder, 'overviews.tif')
  const watch = new Stopwatch()
  await watch.run(async () => {
    if (facts.needsWorkingCopy) await runPrepareJob({ kind: 'prepare', scene, out: copy }, quietContext())
    await runPrepareJob({ kind: 'prepare', scene: facts.needsWorkingCopy ? copy : scene, out: overviews, overviews: { nodata: facts.nodata } }, quietContext())
  })
  const sizes = await Promise.all([copy, overviews].filter(existsSync).map((file) => stat(file)))
  return { ...watch.cost, bytes: sizes.reduce((sum, { size }) => sum + size, 0) }
}

/** Costs of what the window asks of a scene, with what was prepared in `folder` ('' = nothing); the peak is that of all so far. */
export async function benchPictures(scene: string, folder: string): Promise<Record<string, Cost>> {
  const [copy, overviews] = [join(folder, 'copy.img'), join(folder, 'overviews.tif')]
  const source: SceneSource = {
    path: scene, variable: null, repairs: {}, workingCopy: folder !== '' && existsSync(copy) ? copy : null, ...(folder === '' ? {} : { overviews }),
  }
  const first = new Stopwatch()
  const { reader } = await first.run(async () => {
    const opened = await openScene(source)
    await readPicture(opened.reader, thumbnail(opened.reader))
    return opened
  })
  const costs: Record<string, Cost> = { first: first.cost }
  try {
    const { rows, cols, bands } = reader.header
    costs.out = await medianCost(PLACES.map(() => () => readPicture(reader, inSight(reader, Math.max(1, rows / 864), 0))))
    for (const [name, scale] of Object.entries(SCALES)) costs[name] = await medianCost(PLACES.map((place) => () => readPicture(reader, inSight(reader, scale, place))))
    costs.statistics = await medianCost([() => bandStatistics(reader, rgb(bands))])
    const slices = Array.from({ length: Math.min(bands, VOLUME.slices) }, (_, i) => Math.floor((i * bands) / Math.min(bands, VOLUME.slices)))
    const volume = { window: wholeWindow(reader.header), bands: slices, limits: slices.map(() => ({ low: 0, high: 6000 })), rows: Math.min(rows, VOLUME.side), cols: Math.min(cols, VOLUME.side) }
    costs.volume = await medianCost([() => readVolume(reader, volume)])
    costs.cancelled = await medianCost(PLACES.map((place) => () => cancelled(reader, inSight(reader, SCALES.near, place))))
    return costs
  } finally {
    await reader.close()
  }
}

/** From the withdrawal of a question in the middle of its answer to its end. */
async function cancelled(reader: CubeReader, request: PictureRequest): Promise<void> {
  const controller = new AbortController()
  const answer = readPicture(reader, request, controller.signal).catch(() => undefined)
  controller.abort()
  await answer
}

async function medianCost(works: readonly (() => Promise<unknown>)[]): Promise<Cost> {
  const costs: Cost[] = []
  for (const work of works) {
    const watch = new Stopwatch()
    await watch.run(work)
    costs.push(watch.cost)
  }
  costs.sort((p, q) => p.wallSeconds - q.wallSeconds)
  return costs[costs.length >> 1] as Cost
}

function rgb(bands: number): number[] {
  return [0.6, 0.3, 0].map((share) => Math.floor(share * bands))
}

function thumbnail({ header }: CubeReader): PictureRequest {
  const share = Math.min(1, 512 / Math.max(header.rows, header.cols))
  return { window: wholeWindow(header), bands: rgb(header.bands), rows: Math.ceil(header.rows * share), cols: Math.ceil(header.cols * share) }
}

/** What is in sight at so many scene pixels a screen pixel, `place` of the way from the upper left to the lower right. */
function inSight({ header }: CubeReader, scale: number, place: number): PictureRequest {
  const [rows, cols] = [Math.min(header.rows, Math.round(SIGHT.rows * scale)), Math.min(header.cols, Math.round(SIGHT.cols * scale))]
  const window = { row: Math.floor((header.rows - rows) * place), col: Math.floor((header.cols - cols) * place), rows, cols }
  return { window, bands: rgb(header.bands), rows: Math.max(1, Math.round(rows / scale)), cols: Math.max(1, Math.round(cols / scale)) }
}
