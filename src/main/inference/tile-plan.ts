import { StudioError } from '../common/errors'
import { totalScale, type Cascade } from '../model/studio/tile-halo'
import { servingHalo, type ServingMethod } from './serving-halo'

/** Sides of output tiles to choose from, in output pixels: multiples of 16 (GeoTIFF) and of every scale times the window. */
const SIDES = [768, 576, 384, 288, 192, 96]

export interface TileNeeds {
  scale: number
  /** Low-resolution pixels around a tile. */
  halo: number
  /** Tile corners are multiples of this many low-resolution pixels. */
  align: number
  /** Of the scene, even where fewer are written: tiles, and so the last bits of a band, are then those of a full run. */
  bands: number
  components: number
  channels: number
  /** Output size: a tile larger than it wastes memory. */
  rows: number
  cols: number
}

/** What tiles of a `studio` model need for a scene of `bands` bands, of which `components` are sharpened. */
export function tileNeeds(model: Cascade & { method: ServingMethod }, bands: number, components: number, output: { rows: number; cols: number }): TileNeeds {
  const { window, channels } = model.shape
  return {
    scale: totalScale(model), halo: servingHalo(model), align: window, bands, components, channels, rows: output.rows, cols: output.cols,
  }
}

/** Share of the budget for TensorFlow, Node and what is not counted. */
const FIXED_BYTES = 450e6

/** Pictures that are no longer needed but not collected yet, as a share of those in use: measured, 1.7 all told. */
const UNCOLLECTED = 1.7

/** Share of the budget that activations may take. */
const ACTIVATION_SHARE = 0.25

/** Resident memory of the whole job while it works on tiles of `side` output pixels, one component at a time. */
function jobBytes(side: number, needs: TileNeeds): number {
  return FIXED_BYTES + tileBytes(side, needs)
}

/** Resident memory at the peak, at most: with as many components at once as `activationBudget` allows. */
export function peakBytes(side: number, needs: TileNeeds, budgetBytes: number): number {
  const one = activationBytes((side / needs.scale + 2 * needs.halo) ** 2, needs.channels)
  const atOnce = Math.min(activationBudget(side, needs, budgetBytes), needs.components * one)
  return Math.min(budgetBytes, jobBytes(side, needs) + Math.max(0, atOnce - one))
}

/**
 * Peak bytes of a tile of `side` output pixels: input with halo, its components in four copies (of which mean and variance
 * over turned copies), output bands in four, activations of one component.
 */
function tileBytes(side: number, { scale, halo, bands, components, channels }: TileNeeds): number {
  const inner = side / scale
  const outer = (inner + 2 * halo) ** 2
  const fineOuter = outer * scale * scale
  return UNCOLLECTED * (4 * (2 * outer * bands + 4 * side * side * bands + 4 * fineOuter * components) + activationBytes(outer, channels))
}

/** Memory for activations: those of one component at least, of several at once where a quarter of the budget holds them. */
export function activationBudget(side: number, { scale, halo, channels }: TileNeeds, budgetBytes: number): number {
  return Math.max(activationBytes((side / scale + 2 * halo) ** 2, channels), budgetBytes * ACTIVATION_SHARE)
}

/** Activations of the network for one component over `pixels` low-resolution pixels. */
function activationBytes(pixels: number, channels: number): number {
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
