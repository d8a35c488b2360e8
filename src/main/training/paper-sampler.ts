import type { Random } from '../common/random'
import type { Image } from '../cube/image'
import { bandGroups, groupBands, type BandGroup } from '../dataset/band-groups'
import { applySymmetry, type Symmetry } from '../dataset/symmetry'
import { cropOrigins } from '../dataset/training-image'
import { GROUP_BANDS } from '../model/paper/shape'

/** A scene to draw from, in stored values. `highRes` is `scale` times larger than `lowRes`; both have the same bands. */
export interface PaperImage {
  lowRes: Image
  highRes: Image
  /** 1 for low-resolution pixels [rows * cols] that crops may contain. */
  trainable: Uint8Array
  symmetries: readonly Symmetry[]
}

/** `lowRes` [count, side, side, 32] and `highRes` [count, scale * side, scale * side, 32], in scaled values. */
export interface PaperCrops {
  count: number
  lowRes: Float32Array
  highRes: Float32Array
}

/** Draws random crops of random band groups: a scene by its number of places, a place, a group, a symmetry that it allows. */
export class PaperSampler {
  private readonly origins: Int32Array[]
  private readonly groups: BandGroup[]

  constructor(private readonly images: readonly PaperImage[], readonly side: number, private readonly scale: number, private readonly valueScale: number) {
    this.origins = images.map(({ lowRes, trainable }) => (Math.min(lowRes.rows, lowRes.cols) < side ? new Int32Array(0) : cropOrigins(trainable, lowRes.rows, lowRes.cols, side)))
    this.groups = bandGroups(images[0]?.lowRes.bands ?? 1, GROUP_BANDS)
  }

  draw(random: Random, count: number): PaperCrops {
    const { side, scale } = this
    const fine = side * scale
    const lowRes = new Float32Array(count * side * side * GROUP_BANDS)
    const highRes = new Float32Array(count * fine * fine * GROUP_BANDS)
    for (let sample = 0; sample < count; sample++) {
      const { image, place } = this.pick(random)
      const members = groupBands(this.groups[random.integer(this.groups.length)] as BandGroup, image.lowRes.bands, GROUP_BANDS)
      const symmetry = image.symmetries[random.integer(image.symmetries.length)] as Symmetry
      const across = image.lowRes.cols - side + 1
      const row = Math.floor(place / across)
      const col = place % across
      lowRes.set(this.cut(image.lowRes, row, col, side, members, symmetry), sample * side * side * GROUP_BANDS)
      highRes.set(this.cut(image.highRes, row * scale, col * scale, fine, members, symmetry), sample * fine * fine * GROUP_BANDS)
    }
    return { count, lowRes, highRes }
  }

  private pick(random: Random): { image: PaperImage; place: number } {
    let at = random.integer(this.origins.reduce((sum, { length }) => sum + length, 0))
    let index = 0
    while (at >= (this.origins[index] as Int32Array).length) at -= (this.origins[index++] as Int32Array).length
    return { image: this.images[index] as PaperImage, place: (this.origins[index] as Int32Array)[at] as number }
  }

  private cut({ cols, bands, data }: Image, row: number, col: number, side: number, members: readonly number[], symmetry: Symmetry): Float32Array {
    const values = new Float32Array(side * side * GROUP_BANDS)
    let to = 0
    for (let r = row; r < row + side; r++) {
      for (let c = col; c < col + side; c++) {
        const from = (r * cols + c) * bands
        for (const member of members) values[to++] = (data[from + member] as number) / this.valueScale
      }
    }
    return applySymmetry({ rows: side, cols: side, bands: GROUP_BANDS, data: values }, symmetry).data
  }
}
