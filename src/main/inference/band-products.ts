import type { Image } from '../cube/image'
import type { Kernel } from '../dataset/degrade'
import { bicubicLines } from '../dataset/resample'
import { roundTripMatrix } from '../dataset/round-trip'
import { asMatrix, type LineMatrix } from '../dataset/tap-lines'
import { runsOnCard } from '../model/native-operation'
import { precisionInUse } from '../model/precision'
import { tf, type Tensor2D, type Tensor3D, type Tensor4D } from '../model/tensorflow'

/**
 * Whether matrix products of this process are exact to the last bits of float32, as results that must agree with their
 * input need: not with bfloat16, nor on graphics cards, which round the factors of products to ten bits.
 */
export function productsAreExact(): boolean {
  return precisionInUse() === 'float32' && !runsOnCard()
}

/** What is added to bands: `amounts` [rows, cols, K] of the spectra `spectra` [K, bands]. */
export interface Mixture {
  amounts: Image
  spectra: Float32Array
}

/**
 * The bands of a tile enlarged by back-projected bicubic, as matrix products: the same as `backProjectedBicubic`, where
 * `consistent` then `projectConsistent`, and then `accumulateDetail`, but for rounding, in a tenth of the time, for
 * interpolation is a product with a banded matrix along each axis, and TensorFlow takes the zeros of such a matrix faster
 * than JavaScript leaves them out. `lowRes` [rows + 2 margin, cols + 2 margin, bands] without NaN. Returns
 * [rows * scale, cols * scale, bands]. Memory: five pictures of its result.
 */
export function enlargeByProducts(
  lowRes: Image, margin: number, scale: number, options: { kernel: Kernel; backProjections: number; consistent: boolean }, mixture: Mixture | null,
): Float32Array {
  const { rows, cols, bands } = lowRes
  const [innerRows, innerCols] = [rows - 2 * margin, cols - 2 * margin]
  const fine = tf.tidy(() => {
    const given = tf.tensor3d(lowRes.data, [rows, cols, bands])
    const [tripRows, tripCols] = [matrix(roundTripMatrix(rows, scale, options.kernel)), matrix(roundTripMatrix(cols, scale, options.kernel))]
    let prefiltered = given
    for (let round = 0; round < options.backProjections; round++) {
      const before = prefiltered
      prefiltered = tf.tidy(() => before.add(given.sub(alongBoth(tripRows, tripCols, before))))
    }
    const enlarged = alongBoth(
      matrix(asMatrix(bicubicLines(rows, scale, margin * scale, innerRows * scale), rows)),
      matrix(asMatrix(bicubicLines(cols, scale, margin * scale, innerCols * scale), cols)), prefiltered,
    )
    const projected = options.consistent ? consistent(enlarged, given.slice([margin, margin, 0], [innerRows, innerCols, bands]), scale) : enlarged
    return mixture === null ? projected : projected.add<Tensor3D>(mixed(mixture, bands).reshape(projected.shape))
  })
  const values = fine.dataSync<'float32'>()
  fine.dispose()
  return values
}

function matrix({ rows, cols, data }: LineMatrix): Tensor2D {
  return tf.tensor2d(data, [rows, cols])
}

/** `x` [rows, cols, bands] with its rows made into those of `forRows` and its columns into those of `forCols`. */
function alongBoth(forRows: Tensor2D, forCols: Tensor2D, x: Tensor3D): Tensor3D {
  const [rows, cols, bands] = x.shape
  const wider = forRows.matMul<Tensor2D>(x.reshape([rows, cols * bands])).reshape<Tensor3D>([forRows.shape[0], cols, bands])
  return tf.matMul<Tensor3D>(forCols.expandDims<Tensor3D>(0), wider)
}

/** Block means made those of `lowRes`, each fine pixel of a block by the same amount. */
function consistent(fine: Tensor3D, lowRes: Tensor3D, scale: number): Tensor3D {
  const [rows, cols, bands] = lowRes.shape
  const means = tf.avgPool(fine.expandDims<Tensor4D>(0), scale, scale, 'valid')
  const correction = lowRes.sub(means.reshape(lowRes.shape)).reshape([rows, 1, cols, 1, bands])
  return fine.reshape([rows, scale, cols, scale, bands]).add(correction).reshape(fine.shape)
}

function mixed({ amounts, spectra }: Mixture, bands: number): Tensor2D {
  const { rows, cols, bands: count, data } = amounts
  return tf.matMul<Tensor2D>(tf.tensor2d(data, [rows * cols, count]), tf.tensor2d(spectra, [count, bands]))
}
