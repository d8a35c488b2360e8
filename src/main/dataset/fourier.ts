/**
 * Discrete Fourier transform of a complex array [rows, cols] in place (radix 2, Cooley & Tukey 1965), forward sign
 * exp(-2 pi i). Both sides must be powers of two. Not normalised.
 */
export function fourier2d(real: Float64Array, imaginary: Float64Array, rows: number, cols: number): void {
  for (let row = 0; row < rows; row++) fourierLine(real, imaginary, row * cols, 1, cols)
  for (let col = 0; col < cols; col++) fourierLine(real, imaginary, col, cols, rows)
}

function fourierLine(real: Float64Array, imaginary: Float64Array, start: number, stride: number, size: number): void {
  const swap = (values: Float64Array, p: number, q: number): void => {
    const kept = values[p] as number
    values[p] = values[q] as number
    values[q] = kept
  }
  for (let i = 1, j = 0; i < size; i++) {
    let bit = size >> 1
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit
    j ^= bit
    if (i >= j) continue
    swap(real, start + i * stride, start + j * stride)
    swap(imaginary, start + i * stride, start + j * stride)
  }
  for (let length = 2; length <= size; length *= 2) {
    const half = length / 2
    for (let k = 0; k < half; k++) {
      const angle = (-2 * Math.PI * k) / length
      const [wr, wi] = [Math.cos(angle), Math.sin(angle)]
      for (let block = 0; block < size; block += length) {
        const p = start + (block + k) * stride
        const q = p + half * stride
        const tr = wr * (real[q] as number) - wi * (imaginary[q] as number)
        const ti = wr * (imaginary[q] as number) + wi * (real[q] as number)
        real[q] = (real[p] as number) - tr
        imaginary[q] = (imaginary[p] as number) - ti
        real[p] = (real[p] as number) + tr
        imaginary[p] = (imaginary[p] as number) + ti
      }
    }
  }
}
