/** Smallest side, in pixels of the scene degraded twice, at which the shipped weights can be judged. */
const SMALLEST_SIDE = 8

/**
 * What of a scene is taken as truth when it is degraded twice: the whole scene, cut so that both reductions come out even.
 * @param {{rows: number, cols: number}} size @param {number} scale
 * @returns {number[] | null} window as row, col, rows, cols; null = the scene is too small
 */
export function truthWindow({ rows, cols }, scale) {
  const twice = scale * scale
  const [coarseRows, coarseCols] = [Math.floor(rows / twice), Math.floor(cols / twice)]
  return Math.min(coarseRows, coarseCols) < SMALLEST_SIDE ? null : [0, 0, coarseRows * twice, coarseCols * twice]
}
