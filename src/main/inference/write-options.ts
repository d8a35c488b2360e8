import type { Interleave } from '../cube/cube-header'
import type { Compression, WriteOptions } from '../cube/cube-writer'
import type { ServingMethod } from './serving-halo'

/** How an upscaling is stored: in blocks of its tiles, with a line of history. */
export function writeOptions(
  { interleave, compression }: { interleave: Interleave; compression: Compression }, scale: number, method: ServingMethod, modelName: string, side: number,
): WriteOptions {
  return {
    interleave, compression, blockSize: side, overviews: 'auto', resumable: true,
    history: [`Upscaled ${scale}x with DACN Studio (${method}, model ${modelName})`],
  }
}
