import type { JobContext } from '../common/job-context'
import { wholeWindow } from '../cube/pixel-window'
import { fitSceneComponents } from '../dataset/scene-components'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import { precisionInUse } from '../model/precision'
import { totalScale } from '../model/studio/tile-halo'
import { tf } from '../model/tensorflow'
import { readMirrored } from './mirrored-read'
import { agreementOf } from './serving-facts'
import { loadServingModel } from './serving-model'
import { servingHalo } from './serving-halo'
import { upscaleTile } from './studio-tile'
import { activationBudget, tileNeeds, tileSide } from './tile-plan'
import type { UpscaleOutcome, UpscaleRequest } from './upscale-request'
import { upscaledHeader } from './upscaled-header'
import { writeTiles } from './write-tiles'

/**
 * Upscales a scene with the `studio` model that `manifest` describes, tile by tile within the memory budget. Tiles carry a halo of the network's whole
 * reach, so the result does not depend on their size and shows no seams. With `resume` a killed run goes on after its
 * last complete tile and ends with the same bytes.
 */
export async function runStudioUpscale(request: UpscaleRequest, manifest: CheckpointManifest, context: JobContext): Promise<UpscaleOutcome> {
  const started = Date.now()
  const { reader, memoryBudgetBytes } = request
  const model = await loadServingModel(request.model, { consistent: request.consistency, quality: request.quality, withError: request.openErrorWriter !== null })
  try {
    const scale = totalScale(model)
    const window = request.window ?? wholeWindow(reader.header)
    context.progress('Reading statistics', 0, 1, 'scenes')
    const scene = await fitSceneComponents(reader, window, context.signal)
    const header = upscaledHeader(reader.header, request, scale)
    const halo = servingHalo(model)
    const needs = tileNeeds(model, reader.header.bands, scene.principal.deviations.length, header)
    const side = tileSide(needs, memoryBudgetBytes)
    const activations = activationBudget(side, needs, memoryBudgetBytes)
    return await writeTiles(request, context, {
      header, kernel: model.kernel, side, started,
      rendering: { scale, method: model.method, copies: model.symmetries.length, model: request.model, manifest, consistency: model.consistent, precision: precisionInUse() },
      // the network adds its detail to back-projected bicubic
      agreement: agreementOf(model.kernel, model.consistent, model.method !== 'bicubic'),
      render: async (fine) => {
        const lowRes = await readMirrored(reader, window, {
          row: fine.row / scale - halo, col: fine.col / scale - halo, rows: Math.ceil(fine.rows / scale) + 2 * halo, cols: Math.ceil(fine.cols / scale) + 2 * halo,
        }, context.signal)
        return upscaleTile(model, lowRes, scene, request.bands, activations, () => context.breathe())
      },
    })
  } finally {
    if (model.parameters !== null) tf.dispose(model.parameters)
  }
}
