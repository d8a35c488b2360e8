import { toStudioError, type StudioErrorJson } from '../common/errors'
import type { CubeHeader, Interleave } from '../cube/cube-header'
import { assertBandsExist } from '../cube/cube-reader'
import type { Compression, DroppedField, OutputDescription, WriteOptions } from '../cube/cube-writer'
import { sceneKind } from '../cube/scene-kind'
import { SAMPLE_TYPES } from '../cube/sample-type'
import { SCENE_COMPONENTS } from '../dataset/scene-components'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import { matchTrainedBands } from '../model/paper/trained-bands'
import { totalScale } from '../model/studio/tile-halo'
import { planBlocks } from './block-plan'
import { assertErrorsTold, servingMethod } from './serving-facts'
import type { ServingMethod } from './serving-halo'
import { passesOf, type ServingQuality } from './serving-symmetries'
import { peakBytes, tileNeeds, tileSide } from './tile-plan'
import { unlikeScenes } from './unlike-scenes'
import { upscaledHeader, type OutputChoice } from './upscaled-header'
import { writeOptions } from './write-options'

export interface ForecastRequest extends OutputChoice {
  /** Of the scene, with the user's repairs. */
  header: CubeHeader
  /** The scene's file, for messages. */
  file: string
  /** The model's folder and what stands in it. */
  model: string
  manifest: CheckpointManifest
  compression: Compression
  interleave: Interleave
  memoryBudgetBytes: number
  quality: ServingQuality
  /** A file of expected errors is to be written too. */
  withError: boolean
  /** What the chosen format makes of a header: `formats/describe-output`, which is above this layer. */
  describeOutput: (header: CubeHeader, options: WriteOptions) => OutputDescription
}

/** What an upscaling would take and lose. Without a refusal, `runUpscale` of the same request writes just this. */
export interface UpscaleForecast {
  /** The header of the output; null where not even that is possible. */
  header: CubeHeader | null
  rows: number
  cols: number
  bands: number
  scale: number
  /** Bytes of the output before compression, overviews included. */
  sizeBytes: number
  /** How often the network looks at each tile. */
  passes: number
  /** 0 where the memory budget holds none. */
  tiles: number
  /** Resident memory of the job at its peak, at most. */
  memoryBytes: number
  dropped: DroppedField[]
  /** Reasons to think twice, a sentence each. */
  warnings: string[]
  /** Why it can't run; null = it can. */
  refusal: StudioErrorJson | null
}

/** Plans an upscaling without reading pixels or weights. Never throws for what a user can choose: see `refusal`. */
export function forecastUpscale(request: ForecastRequest): UpscaleForecast {
  const { header, window, bands, sampleType, manifest } = request
  const scale = manifest.network.preset === 'studio' ? totalScale({ shape: manifest.network, passes: manifest.passes }) : manifest.network.scale
  const forecast: UpscaleForecast = {
    header: null, rows: (window?.rows ?? header.rows) * scale, cols: (window?.cols ?? header.cols) * scale, bands: bands.length, scale,
    sizeBytes: 0, passes: 1, tiles: 0, memoryBytes: 0, dropped: [], warnings: [], refusal: null,
  }
  forecast.sizeBytes = forecast.rows * forecast.cols * bands.length * SAMPLE_TYPES[sampleType === 'source' ? header.sampleType : 'float32'].bytes
  try {
    plan(request, forecast)
  } catch (error) {
    forecast.refusal = toStudioError(error, request.file).toJSON()
  }
  return forecast
}

/** Fills in the forecast as far as it comes; what stops it is thrown. */
function plan(request: ForecastRequest, forecast: UpscaleForecast): void {
  const { header, bands, manifest, model, file, quality, withError, describeOutput } = request
  const method = servingMethod(manifest, model)
  if (withError) assertErrorsTold(manifest, model, quality)
  forecast.passes = passesOf(manifest, quality)
  assertBandsExist(bands, { header, files: [file] })
  const output = upscaledHeader(header, request, forecast.scale)
  forecast.header = output
  if (manifest.network.preset === 'paper') matchTrainedBands(manifest, header, file, model)
  if (method === 'network') forecast.warnings.push(...unlikeScenes(sceneKind(header), manifest))
  forecast.warnings.push(...output.notices.slice(header.notices.length).map(({ message }) => message))
  const { side, memoryBytes } = tiling(request, method, output, forecast.scale)
  forecast.tiles = Math.ceil(forecast.rows / side) * Math.ceil(forecast.cols / side)
  forecast.memoryBytes = memoryBytes
  const described = describeOutput(output, writeOptions(request, { scale: forecast.scale, method, copies: forecast.passes, model, manifest, consistency: true, precision: 'float32' }, side))
  forecast.sizeBytes = described.sizeBytes + (withError ? SAMPLE_TYPES.float32.bytes * forecast.rows * forecast.cols : 0)
  forecast.dropped = described.dropped
}

function tiling({ header, manifest, memoryBudgetBytes }: ForecastRequest, method: ServingMethod, output: CubeHeader, scale: number): { side: number; memoryBytes: number } {
  const { network, passes, training } = manifest
  if (network.preset === 'paper') {
    const tile = method === 'network' ? (training?.crop ?? 0) * scale : 0
    const { side, peakBytes: memoryBytes } = planBlocks({ bands: header.bands, scale, rows: output.rows, cols: output.cols, tileSide: tile, sampleBytes: SAMPLE_TYPES[output.sampleType].bytes }, memoryBudgetBytes)
    return { side, memoryBytes }
  }
  const good = header.bands - (header.badBands?.filter(Boolean).length ?? 0)
  const needs = tileNeeds({ shape: network, passes, method }, header.bands, Math.min(SCENE_COMPONENTS, good), output)
  const side = tileSide(needs, memoryBudgetBytes)
  return { side, memoryBytes: peakBytes(side, needs, memoryBudgetBytes) }
}
