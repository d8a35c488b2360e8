import type { Interleave } from '../cube/cube-header'
import type { Compression, WriteOptions } from '../cube/cube-writer'
import type { ServingMethod } from './serving-halo'

/**
 * How an upscaling is stored: in blocks of its tiles, with a line of history. The line says all that the pixels depend on, so
 * that an interrupted file is not continued in another way. `copies` are the turned ones whose mean serves.
 */
export function writeOptions(
  { interleave, compression }: { interleave: Interleave; compression: Compression }, scale: number, method: ServingMethod, copies: number, modelName: string, side: number,
): WriteOptions {
  const how = copies > 1 ? `${method}, mean of ${copies} turned copies` : method
  return {
    interleave, compression, blockSize: side, overviews: 'auto', resumable: true,
    history: [`Upscaled ${scale}x with DACN Studio (${how}, model ${modelName})`],
  }
}
