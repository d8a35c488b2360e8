import { StudioError } from '../common/errors'
import type { CubeHeader } from '../cube/cube-header'
import { MOST_BLOCK_BYTES } from '../cube/cube-writer'
import { SAMPLE_TYPES } from '../cube/sample-type'
import { activationBytes } from '../model/studio/activation-bytes'
import { windowSide, type StudioShape } from '../model/studio/shape'
import { totalScale, type Cascade } from '../model/studio/tile-halo'
import { servingHalo, type ServingMethod } from './serving-halo'

/** Output pixels: halos make smaller tiles too dear, and a job waits too long within larger ones to be paused. */
const SMALLEST_SIDE = 96
const LARGEST_SIDE = 768

export interface TileNeeds {
  scale: number
  /** Low-resolution pixels around a tile. */
  halo: number
  /** Tile corners are multiples of this many low-resolution pixels. */
  align: number
  /** Of the scene, even where fewer are written: tiles, and so the last bits of a band, are then those of a full run. */
  bands: number
  components: number
  shape: StudioShape
  /** Output size: a tile larger than it wastes memory. */
  rows: number
  cols: number
  /** Of an output sample. */
  sampleBytes: number
}

/** What tiles of a `studio` model need for a scene of `bands` bands, of which `components` are sharpened into the output. */
export function tileNeeds(model: Cascade & { method: ServingMethod }, bands: number, components: number, { rows, cols, sampleType }: Pick<CubeHeader, 'rows' | 'cols' | 'sampleType'>): TileNeeds {
  const { shape } = model
  return { scale: totalScale(model), halo: servingHalo(model), align: windowSide(shape), bands, components, shape, rows, cols, sampleBytes: SAMPLE_TYPES[sampleType].bytes }
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
  const one = activationBytes(needs.shape, (side / needs.scale + 2 * needs.halo) ** 2)
  const atOnce = Math.min(activationBudget(side, needs, budgetBytes), needs.components * one)
  return Math.min(budgetBytes, jobBytes(side, needs) + Math.max(0, atOnce - one))
}

/**
 * Peak bytes of a tile of `side` output pixels: input with halo, its components in four copies (of which mean and variance
 * over turned copies), output bands in four, activations of one component.
 */
function tileBytes(side: number, { scale, halo, bands, components, shape }: TileNeeds): number {
  const inner = side / scale
  const outer = (inner + 2 * halo) ** 2
  const fineOuter = outer * scale * scale
  return UNCOLLECTED * (4 * (2 * outer * bands + 4 * side * side * bands + 4 * fineOuter * components) + activationBytes(shape, outer))
}

/** Memory for activations: those of one component at least, of several at once where a quarter of the budget holds them. */
export function activationBudget(side: number, { scale, halo, shape }: TileNeeds, budgetBytes: number): number {
  return Math.max(activationBytes(shape, (side / scale + 2 * halo) ** 2), budgetBytes * ACTIVATION_SHARE)
}

/**
 * The side of the output tiles: of those that fit the memory budget, and that a format takes as one block, the one with the fewest tiles, for their halos are what
 * they cost beside the picture, and of several the smallest. Throws 'too-large' when not even the smallest side fits.
 */
export function tileSide(needs: TileNeeds, budgetBytes: number): number {
  const possible = possibleSides(needs.scale * needs.align)
  const [smallest] = possible
  if (jobBytes(smallest, needs) > budgetBytes) {
    throw new StudioError('too-large', `${Math.floor(budgetBytes / 1e6)} MB are too few for a tile of ${needs.bands} bands at ${needs.scale}x.`, {
      remedy: `Allow at least ${Math.ceil(jobBytes(smallest, needs) / 1e6)} MB.`,
    })
  }
  const tiles = (side: number): number => Math.ceil(needs.rows / side) * Math.ceil(needs.cols / side)
  const storable = (side: number): boolean => side * side * needs.bands * needs.sampleBytes <= MOST_BLOCK_BYTES
  return possible.filter((side) => side === smallest || (jobBytes(side, needs) <= budgetBytes && storable(side))).reduce((best, side) => (tiles(side) < tiles(best) ? side : best))
}

/** Multiples of 16 (GeoTIFF) and of `grain`, ascending, at least one. */
function possibleSides(grain: number): [number, ...number[]] {
  let step = grain
  while (step % 16 !== 0) step += grain
  const first = Math.ceil(SMALLEST_SIDE / step) * step
  const sides: [number, ...number[]] = [first]
  for (let side = first + step; side <= LARGEST_SIDE; side += step) sides.push(side)
  return sides
}
