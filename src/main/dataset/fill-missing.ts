import type { Image } from '../cube/image'

/** Relaxation rounds a pyramid level: enough for the seams of the level above to vanish. */
const ROUNDS = 16

/**
 * Replaces missing values band by band by a smooth surface through the valid ones around them: a solution of Laplace's
 * equation, found from coarse to fine (cascadic multigrid, Bornemann & Deuflhard 1996). Valid values are untouched,
 * filled ones lie between the smallest and largest valid value; a band without any valid value becomes 0. `valid`
 * [rows * cols] is 1 where all bands are valid, bands that are valid nowhere apart. An image without missing values is
 * returned itself, not copied. Cost: some 100 operations a missing value; twice the image's memory.
 */
export function fillMissing(image: Image): { filled: Image; valid: Uint8Array } {
  const { rows, cols, bands, data } = image
  const usable = new Uint8Array(bands)
  let missing = 0
  for (let i = 0, band = 0; i < data.length; i++, band = band + 1 === bands ? 0 : band + 1) {
    if (Number.isNaN(data[i])) missing++
    else usable[band] = 1
  }
  const valid = new Uint8Array(rows * cols).fill(1)
  if (missing === 0) return { filled: image, valid }
  for (let pixel = 0; pixel < valid.length; pixel++) {
    for (let band = 0; band < bands; band++) {
      if (usable[band] === 1 && Number.isNaN(data[pixel * bands + band])) valid[pixel] = 0
    }
  }
  return { filled: fillLevel(image), valid }
}

function fillLevel(image: Image): Image {
  const { rows, cols, bands, data } = image
  const holes: number[] = []
  for (let i = 0; i < data.length; i++) if (Number.isNaN(data[i])) holes.push(i)
  if (holes.length === 0) return image
  const filled = data.slice()
  // What even one pixel for the whole image does not know is known nowhere.
  if (rows === 1 && cols === 1) return { ...image, data: filled.map((value) => (Number.isNaN(value) ? 0 : value)) }
  const coarse = fillLevel(halve(image))
  for (const i of holes) filled[i] = bilinear(coarse, Math.floor(i / bands / cols), Math.floor(i / bands) % cols, i % bands)
  relax(filled, holes, rows, cols, bands)
  return { rows, cols, bands, data: filled }
}

/** Mean of the valid values of each 2 x 2 block, NaN where there is none; incomplete blocks at the far edges count. */
function halve({ rows, cols, bands, data }: Image): Image {
  const coarseRows = Math.ceil(rows / 2)
  const coarseCols = Math.ceil(cols / 2)
  const out = new Float32Array(coarseRows * coarseCols * bands)
  const counts = new Uint8Array(out.length)
  for (let row = 0; row < rows; row++) {
    for (let col = 0; col < cols; col++) {
      const from = (row * cols + col) * bands
      const to = ((row >> 1) * coarseCols + (col >> 1)) * bands
      for (let band = 0; band < bands; band++) {
        const value = data[from + band] as number
        if (Number.isNaN(value)) continue
        out[to + band] = (out[to + band] as number) + value
        counts[to + band] = (counts[to + band] as number) + 1
      }
    }
  }
  for (let i = 0; i < out.length; i++) out[i] = counts[i] === 0 ? NaN : (out[i] as number) / (counts[i] as number)
  return { rows: coarseRows, cols: coarseCols, bands, data: out }
}

/** Value of `coarse` at the centre of a pixel of the level twice as fine. */
function bilinear({ rows, cols, bands, data }: Image, fineRow: number, fineCol: number, band: number): number {
  const near = (fine: number): number => fine >> 1
  const far = (fine: number, size: number): number => Math.min(size - 1, Math.max(0, near(fine) + ((fine & 1) === 0 ? -1 : 1)))
  const at = (row: number, col: number): number => data[(row * cols + col) * bands + band] as number
  const [row, col, otherRow, otherCol] = [near(fineRow), near(fineCol), far(fineRow, rows), far(fineCol, cols)]
  return (9 * at(row, col) + 3 * at(otherRow, col) + 3 * at(row, otherCol) + at(otherRow, otherCol)) / 16
}

/** Gauss-Seidel rounds of "each missing value is the mean of its neighbours", alternately forwards and backwards. */
function relax(data: Float32Array, holes: readonly number[], rows: number, cols: number, bands: number): void {
  const line = cols * bands
  for (let round = 0; round < ROUNDS; round++) {
    for (let n = 0; n < holes.length; n++) {
      const i = holes[round % 2 === 0 ? n : holes.length - 1 - n] as number
      const row = Math.floor(i / line)
      const col = Math.floor(i / bands) % cols
      let sum = 0
      let count = 0
      if (row > 0) { sum += data[i - line] as number; count++ }
      if (row < rows - 1) { sum += data[i + line] as number; count++ }
      if (col > 0) { sum += data[i - bands] as number; count++ }
      if (col < cols - 1) { sum += data[i + bands] as number; count++ }
      data[i] = sum / count
    }
  }
}
