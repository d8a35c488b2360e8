/**
 * Undoes horizontal differencing (TIFF 6.0, section 14) in place: every sample becomes the sum of the differences of its
 * band from the start of the row. `rowSamples` = columns * `bands`; sums wrap around as the type does.
 */
export function undoHorizontal(samples: Uint8Array | Uint16Array | Uint32Array, rowSamples: number, bands: number): void {
  for (let row = 0; row + rowSamples <= samples.length; row += rowSamples) {
    sumUp(samples, row, row + rowSamples, bands)
  }
}

function sumUp(samples: Uint8Array | Uint16Array | Uint32Array, from: number, to: number, stride: number): void {
  if (stride === 1) {
    // a running sum needs no reading back of what was just written
    let sum = 0
    for (let i = from; i < to; i++) {
      sum = (sum + (samples[i] as number)) | 0
      samples[i] = sum
    }
    return
  }
  for (let i = from + stride; i < to; i++) samples[i] = (samples[i] as number) + (samples[i - stride] as number)
}

/**
 * Undoes the floating-point predictor (Adobe Photoshop TIFF Technical Note 3): a row holds the most significant bytes of
 * all its samples, then the next ones, all byte-wise differenced with a stride of `bands`. Returns little-endian samples
 * whatever the byte order of the file. `size` is 4 or 8 bytes a sample; the input is overwritten.
 */
export function undoFloatingPoint(bytes: Uint8Array, rowSamples: number, bands: number, size: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(bytes.length)
  const words = new Uint32Array(output.buffer)
  const rowBytes = rowSamples * size
  const half = 4 * rowSamples
  for (let row = 0; row + rowBytes <= bytes.length; row += rowBytes) {
    sumUp(bytes, row, row + rowBytes, bands)
    if (size === 4) joinBytes(bytes, row, rowSamples, words, row / 4, 1)
    else {
      joinBytes(bytes, row, rowSamples, words, row / 4 + 1, 2)
      joinBytes(bytes, row + half, rowSamples, words, row / 4, 2)
    }
  }
  return output
}

/** Makes words of four planes of `count` bytes, most significant first; word i goes to `to` + i * `step`. */
function joinBytes(bytes: Uint8Array, from: number, count: number, words: Uint32Array, to: number, step: number): void {
  for (let i = from, word = to; i < from + count; i++, word += step) {
    words[word] = ((bytes[i] as number) << 24) | ((bytes[i + count] as number) << 16) | ((bytes[i + 2 * count] as number) << 8) | (bytes[i + 3 * count] as number)
  }
}
