/**
 * Undoes horizontal differencing (TIFF 6.0, section 14) in place: every sample becomes the sum of the differences of its
 * band from the start of the row. `rowSamples` = columns * `bands`; sums wrap around as the type does.
 */
export function undoHorizontal(samples: Uint8Array | Uint16Array | Uint32Array, rowSamples: number, bands: number): void {
  for (let row = 0; row + rowSamples <= samples.length; row += rowSamples) {
    for (let i = row + bands; i < row + rowSamples; i++) {
      samples[i] = (samples[i] as number) + (samples[i - bands] as number)
    }
  }
}

/**
 * Undoes the floating-point predictor (Adobe Photoshop TIFF Technical Note 3): a row holds the most significant bytes of
 * all its samples, then the next ones, all byte-wise differenced with a stride of `bands`. Returns little-endian samples
 * whatever the byte order of the file. `size` is 4 or 8 bytes a sample; the input is overwritten.
 */
export function undoFloatingPoint(bytes: Uint8Array, rowSamples: number, bands: number, size: number): Uint8Array<ArrayBuffer> {
  const output = new Uint8Array(bytes.length)
  const rowBytes = rowSamples * size
  for (let row = 0; row + rowBytes <= bytes.length; row += rowBytes) {
    for (let i = row + bands; i < row + rowBytes; i++) bytes[i] = (bytes[i] as number) + (bytes[i - bands] as number)
    for (let plane = 0; plane < size; plane++) {
      const from = row + plane * rowSamples
      const to = row + size - 1 - plane
      for (let i = 0; i < rowSamples; i++) output[to + i * size] = bytes[from + i] as number
    }
  }
  return output
}
