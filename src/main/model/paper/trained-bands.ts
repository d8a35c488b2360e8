import { StudioError } from '../../common/errors'
import type { CubeHeader } from '../../cube/cube-header'
import type { CheckpointManifest } from '../checkpoint-manifest'

/** Tolerance where a single band leaves no spacing to judge by. */
const LONE_BAND_NM = 5

/**
 * The bands of a scene (0-based) that a band-tied model takes, in its own order. Where model and scene both have
 * wavelengths, each trained one must be met by an unmarked band within half the (median) spacing of the trained bands;
 * otherwise the scene must have as many bands as the model's own. Throws 'mismatch' that names the first one missing.
 */
export function matchTrainedBands(manifest: CheckpointManifest, header: CubeHeader, scene: string, model: string): number[] {
  const trained = manifest.wavelengthNm
  const present = header.wavelengthNm
  if (trained !== null && present !== null) return matchWavelengths(trained, present, header.badBands, scene, model)
  const { trainedBands, sources } = manifest
  const bands = sources[0]?.bands
  if (trainedBands === undefined || bands !== header.bands) {
    throw mismatch(`${scene}: has ${header.bands} bands and no wavelengths to compare, but the model ${model} was trained on ${bands ?? 'other'} bands.`, scene)
  }
  return trainedBands
}

function matchWavelengths(trained: readonly number[], present: readonly number[], bad: readonly boolean[] | null, scene: string, model: string): number[] {
  const tolerance = halfSpacing(trained)
  const taken = new Set<number>()
  return trained.map((wavelength) => {
    let best = -1
    let distance = Infinity
    present.forEach((candidate, band) => {
      const apart = Math.abs(candidate - wavelength)
      if (bad?.[band] === true || taken.has(band) || apart >= distance) return
      best = band
      distance = apart
    })
    if (distance > tolerance) {
      throw mismatch(`${scene}: has no usable band within ${tolerance.toFixed(1)} nm of ${wavelength.toFixed(1)} nm, which the model ${model} was trained on.`, scene)
    }
    taken.add(best)
    return best
  })
}

function halfSpacing(wavelengths: readonly number[]): number {
  const sorted = [...wavelengths].sort((p, q) => p - q)
  const steps = sorted.slice(1).map((value, i) => value - (sorted[i] as number)).filter((step) => step > 0).sort((p, q) => p - q)
  return (steps[steps.length >> 1] ?? 2 * LONE_BAND_NM) / 2
}

function mismatch(message: string, file: string): StudioError {
  return new StudioError('mismatch', message, { file, remedy: 'A paper model serves the sensor it was trained on: train one on this scene, or use a studio model, which serves any sensor.' })
}
