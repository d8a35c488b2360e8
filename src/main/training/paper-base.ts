import { StudioError } from '../common/errors'
import type { JobContext } from '../common/job-context'
import { wholeWindow } from '../cube/pixel-window'
import { fitSceneComponents } from '../dataset/scene-components'
import { assertLayout, loadCheckpoint } from '../model/checkpoint'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import { paperBuffers, paperLayout } from '../model/paper/network'
import type { PaperVectors } from '../model/paper/predict'
import type { PaperShape } from '../model/paper/shape'
import { matchTrainedBands } from '../model/paper/trained-bands'
import type { TrainScene } from './train-request'

/** Scenes whose bands lie further apart than this are not of one sensor and mode. */
const SAME_BAND_NM = 1

/** A `paper` model to start from; none is shipped. */
export interface PaperBase {
  manifest: CheckpointManifest
  vectors: PaperVectors
  /** Side of its tiles. */
  side: number
}

/** Loads the model folder to start from. Throws 'mismatch' when it is not a finished `paper` model of this shape. */
export async function loadPaperBase(folder: string, shape: PaperShape): Promise<PaperBase> {
  const { manifest, vectors } = await loadCheckpoint(folder)
  const { network, training } = manifest
  const { weights, buffers } = vectors
  if (JSON.stringify(network) !== JSON.stringify(shape) || manifest.state !== 'finished' || training === null || weights === undefined || buffers === undefined) {
    throw new StudioError('mismatch', `${folder}: this can't be the base of a paper model of ${shape.scale}x (${shape.variant}).`, {
      file: folder, remedy: 'Choose a finished paper model of the same scale and variant, or leave --base out.',
    })
  }
  assertLayout(folder, manifest.parameters, paperLayout(shape).specs)
  assertLayout(folder, manifest.buffers, paperBuffers(shape).specs)
  return { manifest, vectors: { weights, buffers }, side: training.crop }
}

/**
 * The bands (0-based) to train on, for each scene: those of the base, or those that are neither bad nor empty in any
 * scene. Throws 'mismatch' when the scenes are not of one sensor.
 */
export async function bandsToTrain(scenes: readonly TrainScene[], base: PaperBase | null, baseFolder: string | null, context: JobContext): Promise<number[][]> {
  if (base !== null) {
    return scenes.map(({ reader }) => matchTrainedBands(base.manifest, reader.header, reader.files[0] ?? 'The scene', baseFolder ?? ''))
  }
  let common: number[] | null = null
  for (const { reader, window } of scenes) {
    const { bands } = await fitSceneComponents(reader, window ?? wholeWindow(reader.header), context.signal)
    common = common === null ? bands : common.filter((band) => bands.includes(band))
  }
  const first = scenes[0]
  const usable = common ?? []
  for (const { reader: { header, files } } of scenes) {
    const same = header.bands === first?.reader.header.bands
      && usable.every((band) => Math.abs((header.wavelengthNm?.[band] ?? 0) - (first.reader.header.wavelengthNm?.[band] ?? 0)) < SAME_BAND_NM)
    if (!same || usable.length === 0) {
      throw new StudioError('mismatch', `${files[0] ?? 'A scene'}: its bands are not those of the first scene, and a paper model is tied to its bands.`, {
        ...(files[0] === undefined ? {} : { file: files[0] }), remedy: 'Train on scenes of one sensor, or use the studio preset.',
      })
    }
  }
  return scenes.map(() => usable)
}
