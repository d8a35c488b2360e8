import type { UpscaleForecast } from '../../preload/contract'
import { toStudioError, type StudioErrorJson } from '../common/errors'
import { repairedReader } from '../cube/repaired-reader'
import { allBands } from '../cube/cube-reader'
import { describeOutput } from '../formats/describe-output'
import { openCube } from '../formats/registry'
import { forecastUpscale } from '../inference/upscale-forecast'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import type { UpscalePlan } from '../project/project-file'
import type { Settings } from '../project/settings'
import type { SceneFacts } from '../scenes/scene-facts'
import { compressedSize } from './compressed-size'
import { freeDiskBytes } from './free-disk'
import { freeMemoryBytes } from './free-memory'
import { modelScale } from './model-card'
import type { OpenProject } from './open-project'
import type { SpeedRecord } from './speed-record'
import { bandsOf, interleaveOf } from './upscale-spec'
import type { JobScene } from './train-spec'

export interface UpscaleForecastParts {
  settings: () => Settings
  speeds: SpeedRecord
}

/**
 * What upscaling each scene would take and lose. A scene that can't be upscaled says why in its `refusal`. Throws for the
 * model only: 'not-found', 'malformed', 'unsupported'.
 */
export async function forecastUpscales(open: OpenProject, parts: UpscaleForecastParts, sceneIds: readonly string[], plan: UpscalePlan): Promise<UpscaleForecast[]> {
  const model = { folder: open.project.paths.modelFolder(plan.modelId), manifest: await open.models.manifest(plan.modelId) }
  const machine = { freeDiskBytes: await freeDiskBytes(open.project.folder), freeMemoryBytes: await freeMemoryBytes() }
  const forecasts: UpscaleForecast[] = []
  for (const sceneId of sceneIds) {
    const scale = modelScale(model.manifest)
    try {
      const forecast = await forecastScene(await open.scenes.source(sceneId), plan, model, parts)
      forecasts.push({ sceneId, ...machine, ...withDiskCheck(forecast, machine.freeDiskBytes) })
    } catch (error) {
      forecasts.push({ sceneId, ...machine, ...refused(scale, toStudioError(error).toJSON()) })
    }
  }
  return forecasts
}

type SceneForecast = Omit<UpscaleForecast, 'sceneId' | 'freeDiskBytes' | 'freeMemoryBytes'>

async function forecastScene(scene: JobScene & { facts: SceneFacts }, plan: UpscalePlan, { folder, manifest }: { folder: string; manifest: CheckpointManifest }, { settings, speeds }: UpscaleForecastParts): Promise<SceneForecast> {
  const { path, variable, repairs, facts, name } = scene
  const reader = repairedReader(await openCube(path, variable === null ? {} : { variable }), repairs)
  try {
    const { memoryBudgetMb, device } = settings()
    const compression = plan.format === 'geotiff' ? plan.compression : 'none'
    const sampleType = plan.sampleType === 'source' ? reader.header.sampleType : 'float32'
    const { rows, cols, bands, scale, passes, sizeBytes, memoryBytes, dropped, warnings, refusal } = forecastUpscale({
      header: reader.header,
      file: path,
      model: folder,
      manifest,
      window: plan.window,
      bands: bandsOf(plan, facts, name) ?? allBands(reader.header),
      sampleType: plan.sampleType,
      compression,
      interleave: interleaveOf(plan, facts),
      memoryBudgetBytes: memoryBudgetMb * 1e6,
      quality: plan.quality ?? 'best',
      withError: plan.uncertainty === true,
      describeOutput: (header, options) => describeOutput(plan.format, header, options, path),
    })
    const { pixelSize } = facts
    return {
      rows, cols, bands, scale, sizeBytes, ...compressedSize(rows * cols * bands, sampleType, compression, sizeBytes), memoryBytes, dropped, warnings, refusal,
      pixelSize: pixelSize === null ? null : { ...pixelSize, x: pixelSize.x / scale, y: pixelSize.y / scale },
      seconds: speeds.estimateSeconds({ preset: manifest.network.preset, scale, precision: plan.precision, device, passes }, rows * cols * bands),
    }
  } finally {
    await reader.close()
  }
}

/** The results' usual place; whether the one that the user chooses has room is looked at when it is known. */
function withDiskCheck(forecast: SceneForecast, freeDiskBytes: number): SceneForecast {
  if (forecast.sizeBytes <= freeDiskBytes) return forecast
  const warning = forecast.leastBytes > freeDiskBytes
    ? 'The project\'s disk is too small for the result: choose another one, or free some space.'
    : 'The result fits on the project\'s disk only if it compresses well: choose another one, or free some space.'
  return { ...forecast, warnings: [...forecast.warnings, warning] }
}

function refused(scale: number, refusal: StudioErrorJson): SceneForecast {
  return { rows: 0, cols: 0, bands: 0, scale, pixelSize: null, sizeBytes: 0, expectedBytes: 0, leastBytes: 0, memoryBytes: 0, seconds: null, dropped: [], warnings: [], refusal }
}
