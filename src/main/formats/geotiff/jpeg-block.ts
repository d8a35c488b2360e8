interface JpegShape {
  rows: number
  cols: number
  bands: number
}

const MAX_SCANS = 64

/**
 * Decodes one JPEG block (8 bits, values as stored, no colour conversion) to [rows, cols, bands]. The block's own header
 * must state `cols` and `bands` exactly and no more than `rows`, so that the decoder allocates what the directory
 * announced and nothing else. Throws when it does not, or when the block is damaged.
 */
export async function decodeJpeg(input: Uint8Array, tables: Uint8Array | null, shape: JpegShape): Promise<Uint8Array> {
  assertJpegShape(input, shape)
  const { getDecoder } = await import('geotiff')
  const parameters = {
    tileWidth: shape.cols, tileHeight: shape.rows, predictor: 1, bitsPerSample: 8, planarConfiguration: 1,
    ...(tables === null ? {} : { JPEGTables: tables }),
  }
  const decoder = await getDecoder(7, parameters)
  return new Uint8Array(await decoder.decode(input.slice().buffer))
}

/** Walks the markers (ITU-T T.81, annex B) without decoding. */
function assertJpegShape(input: Uint8Array, shape: JpegShape): void {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  let frames = 0
  let scans = 0
  for (let at = 0; at + 4 <= input.length;) {
    const marker = input[at] === 0xff ? (input[at + 1] as number) : 0
    // entropy-coded data, stuffed and restart bytes, start and end of image have no length
    if (marker === 0 || marker === 0xff || (marker >= 0xd0 && marker <= 0xd9)) {
      at += marker === 0 || marker === 0xff ? 1 : 2
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) {
      if (at + 10 > input.length || marker > 0xc2) throw new Error('its kind of JPEG is not supported')
      const [bits, rows, cols, bands] = [input[at + 4], view.getUint16(at + 5), view.getUint16(at + 7), input[at + 9]]
      if (bits !== 8 || cols !== shape.cols || bands !== shape.bands || rows > shape.rows) {
        throw new Error(`the JPEG is ${rows} x ${cols} x ${bands} with ${bits} bits`)
      }
      frames++
    }
    if (marker === 0xda) scans++
    at += 2 + view.getUint16(at + 2)
  }
  if (frames !== 1 || scans < 1 || scans > MAX_SCANS) throw new Error(`the JPEG has ${frames} frames and ${scans} scans`)
}
