import { StudioError } from '../common/errors'
import type { CubeReader, ReducedCube } from '../cube/cube-reader'
import { reductionOf } from '../cube/reduction'
import { SAMPLE_TYPES } from '../cube/sample-type'
import { openCube } from '../formats/registry'

/** Read whole in a quarter of a second from a fast disk, in some seconds from a slow one. */
const LARGE_BYTES = 500e6
/** A picture that is read from a level may be made of so many more pixels a side than it has. */
const WIDEST_STEP = 4
/** The coarsest level is no more than this a side: a thumbnail is made of it at once. */
const SMALL_SIDE = 2048

/** Of the finest level that the job writes. */
const FIRST_REDUCTION = 2

/** true when reduced pictures of a scene take long, being made of far more than they show: a large scene without usable levels of its own. */
export function needsOverviews({ header, levels = [] }: Pick<CubeReader, 'header' | 'levels'>): boolean {
  const { rows, cols, bands, sampleType } = header
  if (rows * cols * bands * SAMPLE_TYPES[sampleType].bytes < LARGE_BYTES) return false
  const steps = levels.map(({ reduction }, index) => reduction / (levels[index - 1]?.reduction ?? 1))
  const coarsest = levels[levels.length - 1]
  return coarsest === undefined || Math.max(coarsest.header.rows, coarsest.header.cols) > SMALL_SIDE || steps.some((step) => step > WIDEST_STEP)
}

/**
 * `scene` with the levels that a 'prepare' job wrote to `path`; closing it closes them. Errors: those of opening the file, 'mismatch' when
 * it is not of this scene.
 */
export async function withOverviews(scene: CubeReader, path: string): Promise<CubeReader> {
  const file = await openCube(path)
  if (file.header.bands !== scene.header.bands || reductionOf(scene.header, file.header) !== FIRST_REDUCTION) {
    await file.close()
    throw new StudioError('mismatch', `${path}: these overviews are not those of ${scene.files[0] ?? 'the scene'}.`, { file: path, remedy: 'Remove them; they are made again.' })
  }
  const levelOf = (level: Omit<ReducedCube, 'reduction'>, reduction: number): ReducedCube => {
    const { rows, cols, sampleType, interleave } = level.header
    return {
      reduction, files: scene.files, compressedBlock: level.compressedBlock,
      header: { ...scene.header, rows, cols, sampleType, interleave },
      readSamples: (window, bands, signal) => level.readSamples(window, bands, signal),
    }
  }
  return {
    header: scene.header,
    files: scene.files,
    compressedBlock: scene.compressedBlock,
    levels: [levelOf(file, FIRST_REDUCTION), ...(file.levels ?? []).map((level) => levelOf(level, FIRST_REDUCTION * level.reduction))],
    readSamples: (window, bands, signal) => scene.readSamples(window, bands, signal),
    close: async () => {
      await file.close()
      await scene.close()
    },
  }
}
