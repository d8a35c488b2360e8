import { basename } from 'node:path'
import type { ModelCard } from '../../preload/contract'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import type { ResultRecord } from '../project/project-file'

/** Factor from the scene's pixels to the result's: 8x is 2x three times. */
export function modelScale({ network, passes }: Pick<CheckpointManifest, 'network' | 'passes'>): number {
  return network.scale ** passes
}

/** How a result of a model is brought back to the scene's pixels. */
export function reductionOf(manifest: CheckpointManifest): NonNullable<ResultRecord['reduction']> {
  return { scale: modelScale(manifest) as NonNullable<ResultRecord['reduction']>['scale'], kernel: manifest.kernel }
}

/** What the window tells of a model. */
export function modelCard(manifest: CheckpointManifest): ModelCard {
  const { network, parameters, sources, wavelengthNm, trainedBands, kernel, verdict, training, provenance } = manifest
  const tied = wavelengthNm?.length ?? trainedBands?.length ?? null
  return {
    preset: network.preset,
    scale: modelScale(manifest),
    parameters: parameters.reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0),
    scenes: sources.map(({ file }) => basename(file)),
    bands: tied ?? sources[0]?.bands ?? null,
    wavelengthNm,
    gaussianSigma: kernel.kind === 'block' ? null : kernel.sigma,
    verdict,
    seconds: training?.seconds ?? null,
    steps: training?.step ?? null,
    seed: training?.seed ?? null,
    provenance,
  }
}
