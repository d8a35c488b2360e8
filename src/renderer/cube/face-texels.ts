import type { Limits } from '../shared/map/stretch'

/** How the values of a slice are shown. */
export interface SliceStyle {
  limits: Limits
  /** A bad band: grey. */
  bad: boolean
}

/**
 * Values of a plane as texels: Uint8 [down, across, 4] of value between the slice's limits (0..255), 255 where there is
 * data, 255 where the band is bad, 255. All are 0 where there is no data, so that mixtures of neighbours stay right when
 * divided by the share of data among them. A bad band of a side is there even without values, where its pixel has others:
 * files often leave bad bands empty, and those are no holes in the ground.
 * `slices` of a side: values [across, slices], each slice a line of the picture. Of a band's plane: its one slice.
 */
export function faceTexels(values: Float32Array, slices: readonly SliceStyle[]): Uint8Array {
  const count = slices.length
  const across = values.length / count
  const texels = new Uint8Array(values.length * 4)
  for (let slice = 0; slice < count; slice++) {
    const { limits: { low, high }, bad } = slices[slice] as SliceStyle
    const range = high > low ? high - low : Infinity
    let to = slice * across * 4
    for (let from = slice; from < values.length; from += count, to += 4) {
      const value = values[from] as number
      if (value !== value) {
        if (bad && hasOthers(values, from - slice, count)) texels.fill(255, to + 1, to + 4)
        continue
      }
      texels[to] = Math.min(255, Math.max(0, Math.round(((value - low) / range) * 255)))
      texels[to + 1] = 255
      texels[to + 2] = bad ? 255 : 0
      texels[to + 3] = 255
    }
  }
  return texels
}

function hasOthers(values: Float32Array, first: number, count: number): boolean {
  for (let i = first; i < first + count; i++) if (!Number.isNaN(values[i])) return true
  return false
}
