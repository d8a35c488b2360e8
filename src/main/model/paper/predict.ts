import type { Image } from '../../cube/image'
import { bandGroups, blendWeights, groupBands } from '../../dataset/band-groups'
import { fillMissing } from '../../dataset/fill-missing'
import { compiledFor } from '../graph/compiled'
import { tf, type Tensor, type Tensor1D, type Tensor4D } from '../tensorflow'
import { paperBuffers, paperForward, paperLayout } from './network'
import { GROUP_BANDS, type PaperShape } from './shape'

/** Sharpens one tile of one band group: [side, side, 32] in scaled values -> [scale * side, scale * side, 32]. */
export type GroupNetwork = (lowRes: Float32Array) => Float32Array

/** A network ready to predict. Attention spans the whole tile, so the side of the tiles is a part of the model. */
export interface PaperModel {
  scale: number
  /** Of the tiles, in low-resolution pixels: that of the training crops. */
  side: number
  /** Stored value = scaled value * this. */
  valueScale: number
  network: GroupNetwork
}

/** What training changes: `weights` in the order of `paperLayout`, `buffers` in that of `paperBuffers`. */
export interface PaperVectors {
  weights: Float32Array
  buffers: Float32Array
}

/** From weights and buffers, flat, and tiles [n, side, side, bands]: the sharpened tiles [n, scale * side, scale * side, bands]. */
export const paperInference = compiledFor((shape: PaperShape) => {
  const [layout, statistics] = [paperLayout(shape), paperBuffers(shape)]
  return ([weights, buffers, lowRes]) => {
    const [p, stored] = [layout.named(layout.split(weights as Tensor1D)), statistics.named(statistics.split(buffers as Tensor1D))]
    return [paperForward(p, stored, shape, lowRes as Tensor4D, false).output]
  }
})

/** A network with its weights on the device until `dispose`. */
export function loadPaperModel(shape: PaperShape, vectors: PaperVectors, side: number, valueScale: number): PaperModel & { dispose: () => void } {
  const [weights, buffers] = [tf.tensor1d(vectors.weights), tf.tensor1d(vectors.buffers)]
  return {
    scale: shape.scale, side, valueScale,
    network: (lowRes) => {
      // read outside: tidy would walk through every number of an array that it returns
      const output = tf.tidy(() => paperInference(shape)([weights, buffers, tf.tensor4d(lowRes, [1, side, side, GROUP_BANDS])])[0] as Tensor)
      const values = output.dataSync<'float32'>()
      output.dispose()
      return values
    },
    dispose: () => { tf.dispose([weights, buffers]) },
  }
}

/**
 * Sharpens a tile [side, side, bands] of stored values (NaN = no data, filled smoothly from the rest of the tile) group by
 * group and blends the groups. Returns [scale * side, scale * side, bands] without NaN. `breathe` is called before each
 * group, which takes up to a second: what it rejects with ends the work.
 */
export async function sharpenTile({ scale, side, valueScale, network }: PaperModel, tile: Image, breathe: () => Promise<void> = () => Promise.resolve()): Promise<Image> {
  const { bands } = tile
  const { filled } = fillMissing(tile)
  const fine = side * scale
  const data = new Float32Array(fine * fine * bands)
  const groups = bandGroups(bands, GROUP_BANDS)
  const weights = blendWeights(groups, bands, GROUP_BANDS)
  for (const [index, group] of groups.entries()) {
    await breathe()
    const members = groupBands(group, bands, GROUP_BANDS)
    const input = new Float32Array(side * side * GROUP_BANDS)
    for (let pixel = 0; pixel < side * side; pixel++) {
      for (let place = 0; place < GROUP_BANDS; place++) {
        input[pixel * GROUP_BANDS + place] = (filled.data[pixel * bands + (members[place] as number)] as number) / valueScale
      }
    }
    const output = network(input)
    const shares = weights[index] as Float64Array
    for (let place = 0; place < GROUP_BANDS; place++) {
      const share = (shares[place] as number) * valueScale
      if (share === 0) continue
      const band = members[place] as number
      for (let pixel = 0; pixel < fine * fine; pixel++) {
        data[pixel * bands + band] = (data[pixel * bands + band] as number) + share * (output[pixel * GROUP_BANDS + place] as number)
      }
    }
  }
  return { rows: fine, cols: fine, bands, data }
}
