import { basename } from 'node:path'
import type { ModelCard } from '../../preload/contract'
import type { CheckpointManifest } from '../model/checkpoint-manifest'

/** Factor from the scene's pixels to the result's: 8x is 2x three times. */
export function modelScale({ network, passes }: Pick<CheckpointManifest, 'network' | 'passes'>): number {
  return network.scale ** passes
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
    kernel: kernel.kind === 'block' ? 'block mean' : `Gaussian, sigma ${kernel.sigma} pixels`,
    verdict,
    seconds: training?.seconds ?? null,
    steps: training?.step ?? null,
    seed: training?.seed ?? null,
    provenance,
  }
}
