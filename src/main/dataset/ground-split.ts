import { StudioError } from '../common/errors'
import { assertWindowInside, type PixelWindow } from '../cube/pixel-window'

export interface GroundSplitOptions {
  /** Share of the scene's area to hold out, above 0 and at most 0.5. */
  fraction: number
  /** Pixels around the held-out block that are not trained on either. */
  guard: number
  /** Held-out block to use instead of a chosen one; its corners must be multiples of `align`. */
  block?: PixelWindow
  /** 1 for valid pixels [rows * cols]; all are valid when absent. */
  valid?: Uint8Array
  /** Row, col and size of the block are multiples of this: the total scale, so that it covers whole coarse pixels. */
  align?: number
}

export interface GroundSplit {
  validation: PixelWindow
  /** 1 for valid pixels outside the block and its guard [rows * cols]. */
  trainable: Uint8Array
}

/** Smallest side of a block: an 11 x 11 similarity window must find some room in it. */
const SMALLEST_SIDE = 16

/** Below this side a square block and its guard would leave too narrow a rest to draw crops from. */
const SQUARE_FROM = 192

/** Share of the pixels that must remain to train on. */
const LEAST_TRAINABLE = 0.2

/**
 * Divides a scene's ground: one contiguous block to judge on, the rest to train on, a guard between them. The block is a
 * square in large scenes and a strip across the shorter side, at one end, in small ones; it lies where the picture has
 * (within 2 %) most valid pixels, and among such places where most is left to train on. Deterministic.
 * Errors: 'invalid-argument' when the scene is too small or has too few valid pixels for both parts, or when a given
 * block lies outside, is not aligned or too small.
 */
export function splitGround(rows: number, cols: number, options: GroundSplitOptions): GroundSplit {
  const { fraction, guard, block, align = 1 } = options
  if (!(fraction > 0 && fraction <= 0.5) || !Number.isInteger(guard) || guard < 0 || !Number.isInteger(align) || align < 1) {
    throw new StudioError('invalid-argument', `A held-out share of ${fraction} with a guard of ${guard} pixels, aligned to ${align}, is not possible.`, {
      remedy: 'Hold out a share above 0 and at most 0.5, with whole numbers of pixels for guard and alignment.',
    })
  }
  const sums = summedArea(rows, cols, options.valid)
  const validation = block ?? chooseBlock(rows, cols, fraction, guard, align, sums)
  assertWindowInside(validation, { rows, cols })
  if ([validation.row, validation.col, validation.rows, validation.cols].some((value) => value % align !== 0)) {
    throw new StudioError('invalid-argument', `The held-out block is not aligned to multiples of ${align} pixels.`, {
      remedy: `Choose row, col, rows and cols as multiples of ${align}.`,
    })
  }
  const smallest = smallestSide(align)
  if (Math.min(validation.rows, validation.cols) < smallest) {
    throw new StudioError('invalid-argument', `A held-out block of ${validation.rows} x ${validation.cols} pixels is too small to judge on.`, {
      remedy: `Hold out at least ${smallest} x ${smallest} pixels.`,
    })
  }
  if (countInside(sums, cols, validation) === 0) throw tooSmall(rows, cols, 'the held-out block has no valid pixel')
  const excluded = grown(validation, guard, rows, cols)
  const left = countInside(sums, cols, { row: 0, col: 0, rows, cols }) - countInside(sums, cols, excluded)
  if (left === 0 || left < LEAST_TRAINABLE * rows * cols * validShare(sums, rows, cols)) {
    throw tooSmall(rows, cols, 'too little is left to train on')
  }
  const trainable = options.valid === undefined ? new Uint8Array(rows * cols).fill(1) : Uint8Array.from(options.valid)
  for (let row = excluded.row; row < excluded.row + excluded.rows; row++) {
    trainable.fill(0, row * cols + excluded.col, row * cols + excluded.col + excluded.cols)
  }
  return { validation, trainable }
}

/** Smallest side of a block that keeps to the alignment. */
function smallestSide(align: number): number {
  return Math.ceil(SMALLEST_SIDE / align) * align
}

function tooSmall(rows: number, cols: number, why: string): StudioError {
  return new StudioError('invalid-argument', `A scene of ${rows} x ${cols} pixels can't be divided into training and test ground: ${why}.`, {
    remedy: 'Use a larger scene, hold out less, or upscale it with the shipped model instead of fine-tuning.',
  })
}

function chooseBlock(rows: number, cols: number, fraction: number, guard: number, align: number, sums: Float64Array): PixelWindow {
  const smallest = smallestSide(align)
  const fit = (side: number): number => Math.max(smallest, Math.round(side / align) * align)
  const whole = (side: number): number => Math.floor(side / align) * align
  const shorter = Math.min(rows, cols)
  const square = fit(Math.sqrt(fraction * rows * cols))
  let [blockRows, blockCols] = [square, square]
  if (shorter < SQUARE_FROM || square > shorter) {
    ;[blockRows, blockCols] = rows >= cols ? [fit(fraction * rows), whole(cols)] : [whole(rows), fit(fraction * cols)]
  }
  if (blockRows > rows || blockCols > cols || Math.min(blockRows, blockCols) < smallest) throw tooSmall(rows, cols, `a block of ${smallest} pixels does not fit`)
  const places = alignedPlaces(rows, blockRows, align).flatMap((row) =>
    alignedPlaces(cols, blockCols, align).map((col) => {
      const window = { row, col, rows: blockRows, cols: blockCols }
      return { window, held: countInside(sums, cols, window), lost: countInside(sums, cols, grown(window, guard, rows, cols)) }
    }),
  )
  const most = Math.max(...places.map(({ held }) => held))
  const good = places.filter(({ held }) => held >= 0.98 * most)
  return good.reduce((best, place) => (place.lost < best.lost ? place : best)).window
}

/** Places along one axis, a quarter of the block apart; the last one touches the far end as closely as alignment allows. */
function alignedPlaces(size: number, block: number, align: number): number[] {
  const last = Math.floor((size - block) / align) * align
  const step = Math.max(align, Math.floor(block / 4 / align) * align)
  const places: number[] = []
  for (let at = 0; at < last; at += step) places.push(at)
  places.push(last)
  return places
}

function grown({ row, col, rows, cols }: PixelWindow, by: number, allRows: number, allCols: number): PixelWindow {
  const top = Math.max(0, row - by)
  const left = Math.max(0, col - by)
  return { row: top, col: left, rows: Math.min(allRows, row + rows + by) - top, cols: Math.min(allCols, col + cols + by) - left }
}

/** Valid pixels above and left of each corner [(rows + 1) * (cols + 1)]. */
function summedArea(rows: number, cols: number, valid: Uint8Array | undefined): Float64Array {
  const sums = new Float64Array((rows + 1) * (cols + 1))
  for (let row = 0; row < rows; row++) {
    let line = 0
    for (let col = 0; col < cols; col++) {
      line += valid === undefined || valid[row * cols + col] === 1 ? 1 : 0
      sums[(row + 1) * (cols + 1) + col + 1] = (sums[row * (cols + 1) + col + 1] as number) + line
    }
  }
  return sums
}

function countInside(sums: Float64Array, cols: number, w: PixelWindow): number {
  const at = (row: number, col: number): number => sums[row * (cols + 1) + col] as number
  return at(w.row + w.rows, w.col + w.cols) - at(w.row, w.col + w.cols) - at(w.row + w.rows, w.col) + at(w.row, w.col)
}

function validShare(sums: Float64Array, rows: number, cols: number): number {
  return countInside(sums, cols, { row: 0, col: 0, rows, cols }) / (rows * cols)
}
