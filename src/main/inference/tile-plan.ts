import { StudioError } from '../common/errors'

/** Sides of output tiles to choose from, in output pixels: multiples of 16 (GeoTIFF) and of every scale times the window. */
const SIDES = [768, 576, 384, 288, 192, 96]

export interface TileNeeds {
  scale: number
  /** Low-resolution pixels around a tile. */
  halo: number
  /** Tile corners are multiples of this many low-resolution pixels. */
  align: number
  /** Of the scene. */
  bands: number
  /** Of the output. */
  pickedBands: number
  components: number
  channels: number
  /** Output size: a tile larger than it wastes memory. */
  rows: number
  cols: number
}

/** Share of the budget for TensorFlow, Node and what is not counted. */
const FIXED_BYTES = 450e6

/** Pictures that are no longer needed but not collected yet, as a share of those in use: measured, 1.7 all told. */
const UNCOLLECTED = 1.7

/** Resident memory of the whole job while it works on tiles of `side` output pixels. */
export function jobBytes(side: number, needs: TileNeeds): number {
  return FIXED_BYTES + tileBytes(side, needs)
}

/** Peak bytes of a tile of `side` output pixels: input with halo, its components, output bands in four copies, activations of one component. */
export function tileBytes(side: number, { scale, halo, bands, pickedBands, components, channels }: TileNeeds): number {
  const inner = side / scale
  const outer = (inner + 2 * halo) ** 2
  const fineOuter = outer * scale * scale
  return UNCOLLECTED * (4 * (2 * outer * bands + 4 * side * side * pickedBands + 3 * fineOuter * components) + activationBytes(outer, channels))
}

/** Activations of the network for one component over `pixels` low-resolution pixels. */
export function activationBytes(pixels: number, channels: number): number {
  return pixels * channels * 4 * 28
}

/**
 * The side of the output tiles: the largest that fits the memory budget, not much larger than the picture. Throws
 * 'too-large' when not even the smallest fits.
 */
export function tileSide(needs: TileNeeds, budgetBytes: number): number {
  const useful = Math.max(needs.rows, needs.cols)
  const possible = SIDES.filter((side) => side % (needs.scale * needs.align) === 0)
  const fitting = possible.filter((side) => jobBytes(side, needs) <= budgetBytes)
  const enough = fitting.filter((side) => side >= useful)
  const side = enough[enough.length - 1] ?? fitting[0]
  if (side === undefined) {
    const smallest = possible[possible.length - 1] ?? 0
    const megabytes = Math.ceil(jobBytes(smallest, needs) / 1e6)
    throw new StudioError('too-large', `${Math.floor(budgetBytes / 1e6)} MB are too few for a tile of ${needs.bands} bands at ${needs.scale}x.`, {
      remedy: `Allow at least ${megabytes} MB.`,
    })
  }
  return side
}
