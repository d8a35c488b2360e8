import type { JobContext } from '../common/job-context'
import { wholeWindow } from '../cube/pixel-window'
import { SAMPLE_TYPES } from '../cube/sample-type'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import { precisionInUse } from '../model/precision'
import { planBlocks } from './block-plan'
import { PaperBlocks } from './paper-blocks'
import { loadPaperServing } from './paper-serving'
import type { UpscaleOutcome, UpscaleRequest } from './upscale-request'
import { agreementOf } from './serving-facts'
import { upscaledHeader } from './upscaled-header'
import { writeTiles } from './write-tiles'

/**
 * Upscales a scene with the `paper` model that `manifest` describes, block by block within the memory budget; the result does not depend on the
 * blocks. With `resume` a killed run goes on after its last complete block. Cost on two cores: one to three seconds for
 * every tile of 144 x 144 output pixels and 32 bands.
 */
export async function runPaperUpscale(request: UpscaleRequest, manifest: CheckpointManifest, context: JobContext): Promise<UpscaleOutcome> {
  const started = Date.now()
  const { reader } = request
  const serving = await loadPaperServing(request.model, reader)
  try {
    const { scale, kernel, model, method } = serving
    const header = upscaledHeader(reader.header, request, scale)
    const { side, cacheBytes } = planBlocks({ bands: reader.header.bands, scale, rows: header.rows, cols: header.cols, tileSide: (model?.side ?? 0) * scale, sampleBytes: SAMPLE_TYPES[header.sampleType].bytes }, request.memoryBudgetBytes)
    const blocks = new PaperBlocks(reader, request.window ?? wholeWindow(reader.header), serving, request.bands, request.consistency, cacheBytes, context)
    // the published network takes no interpolation along: it agrees as far as it has learnt to
    const agreement = agreementOf(kernel, request.consistency, method === 'back-projection')
    return await writeTiles(request, context, {
      header, kernel, agreement, side, started,
      rendering: { scale, method, copies: 1, model: request.model, manifest, consistency: request.consistency, precision: precisionInUse() },
      render: async (fine) => ({ image: await blocks.render(fine), error: null }),
    })
  } finally {
    serving.dispose()
  }
}
