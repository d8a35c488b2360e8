import type { Image } from '../../cube/image'
import { crop } from '../../dataset/mirror'
import { applySymmetry, inverseSymmetry, type Symmetry } from '../../dataset/symmetry'
import { windowSide } from './shape'
import { sharpenComponents, type StudioModel } from './sharpen'
import { tileHalo, totalScale } from './tile-halo'
import { wholeWindows } from './whole-windows'

/** What the network makes of turned copies of a tile, turned back. */
export interface TurnedEnsemble {
  /** [rows, cols, K] */
  mean: Image
  /** Variance over the copies of each value of `mean`; null where there was one copy only. */
  variance: Float32Array | null
}

/**
 * Sharpens a tile as `sharpenComponents` does, once for each of `symmetries` (at least one), and takes the mean. The
 * tile is filled up to whole attention windows before it is turned: the turned windows then hold the same pixels, so a
 * result depends as little on where tiles begin as without turning. Cost and activations: those of one pass, one after another.
 */
export async function sharpenTurned(model: StudioModel, tile: Image, symmetries: readonly Symmetry[], budgetBytes: number, breathe?: () => Promise<void>): Promise<TurnedEnsemble> {
  const scale = totalScale(model)
  const halo = tileHalo(model)
  const rows = (tile.rows - 2 * halo) * scale
  const cols = (tile.cols - 2 * halo) * scale
  const whole = wholeWindows(tile, windowSide(model.shape))
  let mean: Image | null = null
  let squares: Float32Array | null = null
  for (const [index, symmetry] of symmetries.entries()) {
    const sharp = await sharpenComponents(model, applySymmetry(whole, symmetry), budgetBytes, breathe)
    const upright = crop(applySymmetry(sharp, inverseSymmetry(symmetry)), 0, 0, rows, cols)
    if (mean === null) {
      mean = upright
      continue
    }
    squares ??= new Float32Array(upright.data.length)
    addMember(mean.data, squares, upright.data, index + 1)
  }
  if (squares !== null) for (let i = 0; i < squares.length; i++) squares[i] = (squares[i] as number) / (symmetries.length - 1)
  return { mean: mean as Image, variance: squares }
}

/** Takes the `count`-th member into mean and sum of squared deviations (Welford 1962). */
function addMember(mean: Float32Array, squares: Float32Array, member: Float32Array, count: number): void {
  for (let i = 0; i < member.length; i++) {
    const before = (member[i] as number) - (mean[i] as number)
    const now = (mean[i] as number) + before / count
    mean[i] = now
    squares[i] = (squares[i] as number) + before * ((member[i] as number) - now)
  }
}
