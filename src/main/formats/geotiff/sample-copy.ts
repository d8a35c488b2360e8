import type { SampleArray } from '../../cube/sample-type'

/** The same memory as unsigned words (or doubles): copying loops then meet four array types instead of eight. */
function asWords(samples: SampleArray): Uint8Array | Uint16Array | Uint32Array | Float64Array {
  const { buffer, byteOffset, length } = samples
  switch (samples.BYTES_PER_ELEMENT) {
    case 1: return new Uint8Array(buffer, byteOffset, length)
    case 2: return new Uint16Array(buffer, byteOffset, length)
    case 4: return new Uint32Array(buffer, byteOffset, length)
    default: return new Float64Array(buffer, byteOffset, length)
  }
}

/**
 * Copies `pixels` neighbouring pixels: `source` holds `storedBands` samples a pixel from index `from`, `target` takes
 * those of `bands` in that order from index `to`.
 */
export function copySamples(
  source: SampleArray, from: number, storedBands: number,
  target: SampleArray, to: number, bands: readonly number[], pixels: number,
): void {
  if (bands.length === storedBands && bands.every((band, index) => band === index)) {
    target.set(source.subarray(from, from + pixels * storedBands), to)
    return
  }
  const read = asWords(source)
  const write = asWords(target)
  let at = to
  for (let pixel = 0; pixel < pixels; pixel++) {
    const start = from + pixel * storedBands
    for (const band of bands) write[at++] = read[start + band] as number
  }
}

/** Pixels interleaved together: few enough that the lines of the target stay in the processor's cache between planes. */
const RUN = 128

/**
 * Writes the planes `order` (plane p starts at p * `stride` in `planes`) into `target` [pixels, `targetBands`] from band
 * `firstBand` on.
 */
export function interleavePlanes(
  planes: SampleArray, stride: number, order: readonly number[], pixels: number,
  target: SampleArray, firstBand: number, targetBands: number,
): void {
  const read = asWords(planes)
  const write = asWords(target)
  const starts = order.map((plane) => plane * stride)
  for (let begin = 0; begin < pixels; begin += RUN) {
    const end = Math.min(begin + RUN, pixels)
    starts.forEach((start, index) => {
      let to = begin * targetBands + firstBand + index
      for (let from = start + begin; from < start + end; from++, to += targetBands) write[to] = read[from] as number
    })
  }
}
