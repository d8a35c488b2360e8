interface Size {
  rows: number
  cols: number
}

/** How a raster is when each of its pixels stands for `reduction` x `reduction` of `size`: what is left over at the edge counts. */
export function reducedSize({ rows, cols }: Size, reduction: number): Size {
  return { rows: Math.ceil(rows / reduction), cols: Math.ceil(cols / reduction) }
}

/** The whole number of 2 or more by which `size` was reduced to `reduced`; null when there is none. */
export function reductionOf(size: Size, reduced: Size): number | null {
  const reduction = Math.round(Math.max(size.rows, size.cols) / Math.max(reduced.rows, reduced.cols))
  const expected = reducedSize(size, reduction)
  return reduction >= 2 && expected.rows === reduced.rows && expected.cols === reduced.cols ? reduction : null
}
