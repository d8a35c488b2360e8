/**
 * Decodes PackBits (TIFF 6.0, section 9) into `output` and returns how many bytes were written; stops when `output`
 * is full or `input` ends.
 */
export function decodePackBits(input: Uint8Array, output: Uint8Array): number {
  let read = 0
  let written = 0
  while (read < input.length && written < output.length) {
    const control = input[read++] as number
    if (control === 128) continue
    if (control < 128) {
      const count = Math.min(control + 1, input.length - read, output.length - written)
      output.set(input.subarray(read, read + count), written)
      read += control + 1
      written += count
    } else if (read < input.length) {
      const count = Math.min(257 - control, output.length - written)
      output.fill(input[read++] as number, written, written + count)
      written += count
    }
  }
  return written
}
