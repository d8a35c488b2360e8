import { loadZstd } from './zstd-library'

/**
 * Decodes one Zstandard frame of at most `capacity` bytes. Throws when the frame is damaged or holds more. The size that
 * the frame announces is checked first (RFC 8878, section 3.1.1), since the decoder would allocate it.
 */
export async function decodeZstd(input: Uint8Array, capacity: number): Promise<Uint8Array> {
  const { decompress } = await loadZstd()
  const announced = frameContentSize(input)
  if (announced !== null && announced > BigInt(capacity)) throw new Error(`the frame announces ${announced} bytes instead of ${capacity}`)
  try {
    return decompress(input, { defaultHeapSize: Math.max(1, capacity) })
  } catch (error) {
    // the library only has a number to say
    throw new Error(`the Zstandard frame is damaged or unpacks to more than ${capacity} bytes`, { cause: error })
  }
}

function frameContentSize(input: Uint8Array): bigint | null {
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength)
  if (view.byteLength < 6 || view.getUint32(0, true) !== 0xfd2fb528) throw new Error('it is not a Zstandard frame')
  const descriptor = view.getUint8(4)
  const singleSegment = (descriptor & 0x20) !== 0
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3] as number
  const at = 5 + (singleSegment ? 0 : 1) + dictionaryBytes
  const bytes = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6]
  if (view.byteLength < at + (bytes ?? 0)) throw new Error('the frame header is incomplete')
  switch (bytes ?? 0) {
    case 1: return BigInt(view.getUint8(at))
    case 2: return BigInt(view.getUint16(at, true) + 256)
    case 4: return BigInt(view.getUint32(at, true))
    case 8: return view.getBigUint64(at, true)
    default: return null
  }
}
