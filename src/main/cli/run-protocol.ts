import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { resourcePath } from '../common/project-root'
import type { CubeHeader } from '../cube/cube-header'
import { allBands, type CubeReader } from '../cube/cube-reader'
import { coarsenHeader, windowHeader } from '../cube/derive-header'
import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { degrade } from '../dataset/degrade'
import { crop } from '../dataset/mirror'
import { upsample } from '../dataset/resample'
import { protocolGround } from '../metrics/protocol-ground'
import { PUBLISHED_PROTOCOLS, type ProtocolName, type ProtocolScale } from '../metrics/published-protocols'
import { evaluate, type NamedImage } from '../metrics/report'
import type { CliIo } from './cli-io'
import { FINE_TUNED, type ProtocolReport } from './protocol-report'
import { asProtocolFailure, assertPublicScene, protocolVariable } from './protocol-scene'
import { readImage } from './read-image'
import type { Reporter } from './reporter'
import { retypeHeader } from './retype'
import { runJob } from './run-job'
import { withScene } from './scene-options'
import { backProjected } from './untrained-results'
import { writeScene } from './write-scene'

export interface ProtocolRequest {
  protocol: ProtocolName
  /** The file of the public scene. */
  scene: string
  variable?: string
  scale: ProtocolScale
  /** Time to fine-tune. */
  minutes: number
  seed: number
}

interface Work {
  io: CliIo
  reporter: Reporter
  /** For files that nobody needs afterwards. */
  folder: string
}

/** The shipped models that make a scale together: there is none for 8x. */
const BASE_MODELS: Record<ProtocolScale, readonly string[]> = { 2: ['studio-2x'], 4: ['studio-4x'], 8: ['studio-2x', 'studio-2x', 'studio-2x'] }

const BLOCK = { kind: 'block' } as const

/**
 * Fine-tunes on a public scene clear of the published test patch, sharpens the reduced patch by itself, and measures it in
 * the paper's convention. Errors: 'mismatch' for another scene; those of opening, training and upscaling; 'cancelled'.
 */
export async function runProtocol(request: ProtocolRequest, io: CliIo, reporter: Reporter): Promise<ProtocolReport> {
  const protocol = PUBLISHED_PROTOCOLS[request.protocol]
  const variable = await protocolVariable(request.scene, protocol, request.variable)
  const folder = await mkdtemp(join(tmpdir(), 'dacn-protocol-'))
  try {
    const opened = variable === undefined ? {} : { variable }
    return await withScene(request.scene, opened, reporter, (reader) => {
      assertPublicScene(reader, protocol)
      return measure({ ...request, ...opened }, reader, { io, reporter, folder })
    }).catch((error: unknown) => { throw asProtocolFailure(error, protocol) })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(request: ProtocolRequest, reader: CubeReader, work: Work): Promise<ProtocolReport> {
  const { scale, seed } = request
  const { title, results, rows } = PUBLISHED_PROTOCOLS[request.protocol]
  const ground = protocolGround(PUBLISHED_PROTOCOLS[request.protocol], reader.header, scale)
  if (reader.header.rows !== rows[0]) work.reporter.log('warning', `The scene has ${reader.header.rows} rows instead of ${rows[0] ?? 0}: the test patch may lie a row beside the published one.`)
  const truth = await readImage(reader, allBands(reader.header), work.io.signal, ground.test)
  const lowRes = degrade(truth, scale, BLOCK)
  const header = retypeHeader({ ...coarsenHeader(windowHeader(reader.header, ground.test), scale), interleave: 'bip' }, 'float32')
  const coarse = join(work.folder, 'coarse.img')
  await writeCoarse(coarse, header, lowRes, work)

  const base = await sharpen(coarse, BASE_MODELS[scale].map((name) => resourcePath('models', name)), 'base', work)
  const model = join(work.folder, 'model')
  const fineTuning = await fineTune(request, ground.training, model, work)
  const tuned = await sharpen(coarse, [model], 'tuned', work)

  const images: [NamedImage, ...NamedImage[]] = [
    { name: 'bicubic', image: upsample(lowRes, scale, 'bicubic') },
    backProjected(lowRes, scale, BLOCK),
    { name: 'studio, base weights', image: base },
    { name: FINE_TUNED, image: tuned },
  ]
  const { rows: measured, bands, judgedBands, pixels, validPixels } = evaluate({
    reference: truth, estimate: images[0].image, others: images.slice(1), scale, convention: 'paper',
    input: { lowRes, degrade: (image) => degrade(image, scale, BLOCK), kernel: BLOCK.kind },
  })
  return {
    protocol: request.protocol, title, scene: request.scene, scale, kernel: BLOCK.kind, ...ground, published: results[scale],
    rows: measured.map((row, index) => ({ ...row, name: images[index]?.name ?? row.name })),
    bands, judgedBands, pixels, validPixels,
    fineTuning: { ...fineTuning, seed },
  }
}

async function writeCoarse(path: string, header: CubeHeader, image: Image, { io: { signal }, reporter }: Work): Promise<void> {
  const cut = ({ row, col, rows, cols }: PixelWindow): Promise<Float32Array> => Promise.resolve(crop(image, row, col, rows, cols).data)
  await writeScene(path, header, {}, cut, 0, { reporter, signal, span: 'reducing' })
}

function fineTune({ scene, variable, scale, minutes, seed }: ProtocolRequest, window: PixelWindow, out: string, { io, reporter }: Work): ReturnType<typeof runJob<'train'>> {
  return runJob(io, reporter, 'train', {
    kind: 'train', scenes: [resolve(scene)], windows: [window], ...(variable === undefined ? {} : { variables: [variable] }),
    scale, preset: 'studio', out, minutes, seed, resume: false, kernel: BLOCK, precision: 'float32',
  })
}

/** What the models make of a scene, one after the other. */
async function sharpen(scene: string, models: readonly string[], name: string, { io, reporter, folder }: Work): Promise<Image> {
  let from = scene
  for (const [index, model] of models.entries()) {
    const out = join(folder, `${name}-${index}.img`)
    await runJob(io, reporter, 'upscale', {
      kind: 'upscale', scene: from, out, model, resume: false, memoryBudgetMb: 2048, sampleType: 'float32', compression: 'none',
      interleave: 'bip', consistency: true, receipt: false, precision: 'float32',
    })
    from = out
  }
  return withScene(from, {}, reporter, (reader) => readImage(reader, allBands(reader.header), io.signal))
}
