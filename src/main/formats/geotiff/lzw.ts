const CLEAR = 256
const END = 257
const FIRST_FREE = 258
const MAX_CODES = 4096

// one table for all blocks: decoding never pauses, and only entries of the current block are looked up
const starts = new Uint32Array(MAX_CODES)
const lengths = new Uint32Array(MAX_CODES)

/**
 * Decodes TIFF's LZW (most significant bit first, code width changed one code early; TIFF 6.0, section 13) into
 * `output` and returns how many bytes were written; stops when `output` is full. Throws on a code that can't be.
 * Every string of the table is a piece of what was already written, so the table holds positions only.
 */
export function decodeLzw(input: Uint8Array, output: Uint8Array): number {
  let free = FIRST_FREE
  let width = 9
  let bits = 0
  let bitCount = 0
  let read = 0
  let written = 0
  let previousStart = 0
  let previousLength = 0
  while (written < output.length) {
    while (bitCount < width && read < input.length) {
      bits = ((bits << 8) | (input[read++] as number)) & 0xffffff
      bitCount += 8
    }
    if (bitCount < width) break
    bitCount -= width
    const code = (bits >>> bitCount) & ((1 << width) - 1)
    if (code === END) break
    if (code === CLEAR) {
      free = FIRST_FREE
      width = 9
      previousLength = 0
      continue
    }
    if (previousLength > 0 && free < MAX_CODES) {
      // the string before, and the first byte of the one that is about to be written behind it
      starts[free] = previousStart
      lengths[free++] = previousLength + 1
      if (free + 1 >= 1 << width && width < 12) width++
    }
    const start = written
    if (code < CLEAR) {
      output[written++] = code
    } else {
      if (code >= free) throw new Error(`LZW code ${code} is not in the table of ${free}`)
      const from = starts[code] as number
      const end = Math.min(written + (lengths[code] as number), output.length)
      for (let source = from; written < end;) output[written++] = output[source++] as number
    }
    previousStart = start
    previousLength = written - start
  }
  return written
}

/** Files from before TIFF 6.0 (1992) fill bytes from the other end; libtiff recognises them by the same two bytes. */
export function isOldLzw(input: Uint8Array): boolean {
  return input.length > 1 && input[0] === 0 && ((input[1] as number) & 1) === 1
}
