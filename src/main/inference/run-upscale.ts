import { recoverFolder } from '../common/atomic-file'
import type { JobContext } from '../common/job-context'
import { loadManifest } from '../model/checkpoint'
import { runPaperUpscale } from './paper-upscale'
import { assertErrorsTold } from './serving-facts'
import { runStudioUpscale } from './studio-upscale'
import type { UpscaleOutcome, UpscaleRequest } from './upscale-request'

/**
 * Upscales a scene into a file of the source's type with the model of the request, whatever its preset. Nothing stands
 * under the final name before it is whole; with `resume` a killed run is continued. Errors: those of loading the model;
 * 'unsupported' when its expected errors are wanted and can't be told; 'mismatch' when it does not fit the scene; 'too-large' when the memory budget holds no tile; those of reading and writing.
 */
export async function runUpscale(request: UpscaleRequest, context: JobContext): Promise<UpscaleOutcome> {
  await recoverFolder(request.model)
  const manifest = await loadManifest(request.model)
  if (request.openErrorWriter !== null) assertErrorsTold(manifest, request.model, request.quality)
  return manifest.network.preset === 'paper' ? runPaperUpscale(request, manifest, context) : runStudioUpscale(request, manifest, context)
}
