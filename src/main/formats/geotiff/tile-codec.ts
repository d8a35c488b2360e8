import { deflateSync, inflateSync } from 'node:zlib'
import type { Compression } from '../../cube/cube-writer'
import { applyPredictor, tileBytes, undoPredictor, type Predictor, type TileShape } from './predictor'
import { loadZstd, type Zstd } from './zstd-library'

/** Everything that decides the bytes of a stored tile. */
export interface TileCoding extends TileShape {
  compression: Compression
  predictor: Predictor
}

/** Deflate 6 and Zstandard 6 give the size of GDAL's defaults (6 and 9) within a few per cent at a fraction of the time. */
const DEFLATE_LEVEL = 6
const ZSTD_LEVEL = 6

let zstd: Zstd | null = null

/** Must be awaited once before a Zstandard tile is coded. */
export async function prepareCoding(compression: Compression): Promise<void> {
  if (compression === 'zstd') zstd ??= await loadZstd()
}

/** Raw little-endian samples to the bytes of a stored tile. `raw` is overwritten. Blocks: call it in a worker. */
export function encodeTile(raw: Uint8Array, coding: TileCoding): Uint8Array {
  applyPredictor(raw, coding, coding.predictor)
  switch (coding.compression) {
    case 'none': return raw
    case 'deflate': return deflateSync(raw, { level: DEFLATE_LEVEL })
    case 'zstd': return requireZstd().compress(raw, ZSTD_LEVEL)
  }
}

/** The inverse, for tiles that this program wrote. The result starts at a multiple of 8 of its own buffer. */
export function decodeTile(stored: Uint8Array, coding: TileCoding): Uint8Array {
  const raw = new Uint8Array(tileBytes(coding))
  raw.set(inflate(stored, coding))
  undoPredictor(raw, coding, coding.predictor)
  return raw
}

function inflate(stored: Uint8Array, coding: TileCoding): Uint8Array {
  switch (coding.compression) {
    case 'none': return stored
    case 'deflate': return inflateSync(stored, { maxOutputLength: tileBytes(coding) })
    case 'zstd': return requireZstd().decompress(stored)
  }
}

function requireZstd(): Zstd {
  if (zstd === null) throw new Error('prepareCoding was not awaited')
  return zstd
}
