import { promisify } from 'node:util'
import { inflate } from 'node:zlib'
import { samplesFromBytes } from '../../cube/sample-bytes'
import type { SampleArray } from '../../cube/sample-type'
import { blockBytes, bytesPerSample, type BlockLayout } from './block-layout'
import { decodeJpeg } from './jpeg-block'
import { decodeLzw, isOldLzw } from './lzw'
import { decodePackBits } from './pack-bits'
import { undoFloatingPoint, undoHorizontal } from './undo-predictor'
import { COMPRESSION, PREDICTOR } from './tiff-tags'
import { decodeZstd } from './zstd-frame'

const inflateAsync = promisify(inflate)

/**
 * The samples of one stored block: [rows, blockCols, blockBands] with `rows` rows, in the file's sample type (64-bit
 * integers as float64). Never yields more than the layout allows, however much a bomb would unpack to; throws an Error
 * that says what is wrong with the block. Overwrites `stored`.
 */
export async function decodeBlock(layout: BlockLayout, stored: Uint8Array<ArrayBuffer>, rows: number): Promise<SampleArray> {
  if (layout.bitsReversed && layout.compression !== COMPRESSION.jpeg) reverseBits(stored)
  const needed = blockBytes(layout, rows)
  const bytes = await decompressBlock(layout, stored, rows, blockBytes(layout, layout.blockRows))
  if (bytes.length < needed) throw new Error(`it holds ${bytes.length} bytes instead of ${needed}`)
  return undoPredictor(layout, bytes.length === needed ? bytes : bytes.subarray(0, needed))
}

async function decompressBlock(layout: BlockLayout, stored: Uint8Array, rows: number, capacity: number): Promise<Uint8Array> {
  switch (layout.compression) {
    case COMPRESSION.none:
      return stored
    case COMPRESSION.deflate:
    case COMPRESSION.oldDeflate:
      // one chunk that is never quite filled: the result is not copied together
      return inflateAsync(stored, { maxOutputLength: capacity, chunkSize: capacity + 64 }).catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ERR_BUFFER_TOO_LARGE' ? new Error(`it unpacks to more than ${capacity} bytes`) : error
      })
    case COMPRESSION.zstd:
      return decodeZstd(stored, capacity)
    case COMPRESSION.lzw: {
      if (isOldLzw(stored)) throw new Error('it is in the old LZW style from before TIFF 6.0')
      const output = new Uint8Array(blockBytes(layout, rows))
      return output.subarray(0, decodeLzw(stored, output))
    }
    case COMPRESSION.packBits: {
      const output = new Uint8Array(blockBytes(layout, rows))
      return output.subarray(0, decodePackBits(stored, output))
    }
    case COMPRESSION.jpeg:
      return decodeJpeg(stored, layout.jpegTables, { rows: layout.blockRows, cols: layout.blockCols, bands: layout.blockBands })
    default:
      throw new Error(`compression ${layout.compression} is unknown`)
  }
}

function undoPredictor(layout: BlockLayout, bytes: Uint8Array): SampleArray {
  const rowSamples = layout.blockCols * layout.blockBands
  const size = bytesPerSample(layout)
  if (layout.predictor === PREDICTOR.floatingPoint) {
    return samplesFromBytes(undoFloatingPoint(bytes, rowSamples, layout.blockBands, size), layout.sampleType, 'little')
  }
  const samples = samplesFromBytes(bytes, layout.sampleType, layout.byteOrder)
  if (layout.predictor === PREDICTOR.horizontal) {
    const { buffer, byteOffset, length } = samples
    const bits = size === 1 ? new Uint8Array(buffer, byteOffset, length)
      : size === 2 ? new Uint16Array(buffer, byteOffset, length) : new Uint32Array(buffer, byteOffset, length)
    undoHorizontal(bits, rowSamples, layout.blockBands)
  }
  return samples
}

const REVERSED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let reversed = 0
  for (let bit = 0; bit < 8; bit++) if ((byte & (1 << bit)) !== 0) reversed |= 128 >> bit
  return reversed
})

export function reverseBits(bytes: Uint8Array): void {
  for (let i = 0; i < bytes.length; i++) bytes[i] = REVERSED[bytes[i] as number] as number
}
