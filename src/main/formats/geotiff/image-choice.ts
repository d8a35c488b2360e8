import type { Notice } from '../../cube/cube-header'
import type { TiffDirectory } from './tiff-directory'
import type { TiffSource } from './tiff-source'
import { PHOTOMETRIC, SUBFILE, TAG } from './tiff-tags'

/** Values of ExtraSamples that mean opacity. */
const ALPHA = [1, 2]

interface ChosenImage {
  image: TiffDirectory
  /** The validity mask of the same size, if there is one. */
  mask: TiffDirectory | null
  /** Overviews and masks of overviews, in file order; none when the file holds several images, whose they might be. */
  reduced: { images: TiffDirectory[]; masks: TiffDirectory[] }
}

/**
 * The first image at full resolution, its mask and its overviews. Says in `notices` what else the file holds
 * that is not used: further images of the same size, a colour table, an alpha band, an orientation, RPCs.
 * Errors: 'malformed' when there is no such image.
 */
export async function chooseImage(source: TiffSource, directories: readonly TiffDirectory[], notices: Notice[]): Promise<ChosenImage> {
  let chosen: TiffDirectory | null = null
  let size = ''
  let further = 0
  let mask: TiffDirectory | null = null
  const reduced: ChosenImage['reduced'] = { images: [], masks: [] }
  for (const directory of directories) {
    const subfile = await directory.integer(TAG.newSubfileType, 0)
    const own = `${await directory.integer(TAG.imageLength, 0)} x ${await directory.integer(TAG.imageWidth, 0)}`
    if ((subfile & SUBFILE.mask) !== 0) {
      if (own === size && mask === null) mask = directory
      else if ((subfile & SUBFILE.reduced) !== 0) reduced.masks.push(directory)
    } else if ((subfile & SUBFILE.reduced) !== 0) reduced.images.push(directory)
    else if (chosen === null) [chosen, size] = [directory, own]
    else if (own === size) further++
  }
  if (chosen === null) throw source.problem('malformed', 'it holds only overviews or masks, no image at full resolution')
  const say = (code: string, message: string) => notices.push({ code, message })
  if (further > 0) say('further-images', `The file holds ${further} more images of the same size; only the first is read.`)
  const photometric = await chosen.integer(TAG.photometric, PHOTOMETRIC.blackIsZero)
  if (photometric === PHOTOMETRIC.palette) say('palette-ignored', 'It is a picture with a colour table; the values are the numbers of its colours.')
  const extra = await chosen.numbers(TAG.extraSamples)
  if (extra?.some((value) => ALPHA.includes(value)) === true) {
    say('alpha-band', 'One band is opacity (alpha), not a measurement; it is kept as a band.')
  }
  const orientation = await chosen.integer(TAG.orientation, 1)
  if (orientation !== 1) say('orientation-ignored', `It asks to be shown turned or mirrored (orientation ${orientation}); rows and columns are read as stored.`)
  if (chosen.has(TAG.rpcCoefficients)) say('rpc-ignored', 'Its rational polynomial coefficients are not used.')
  return { image: chosen, mask, reduced: further > 0 ? { images: [], masks: [] } : reduced }
}
