import { basename } from 'node:path'
import type { Interleave } from '../cube/cube-header'
import type { Compression, WriteOptions } from '../cube/cube-writer'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import type { ServingMethod } from './serving-halo'

/** What the pixels of an upscaling depend on, besides the scene. */
export interface Rendering {
  scale: number
  method: ServingMethod
  /** Turned copies of a tile whose mean serves. */
  copies: number
  /** Model folder, and what stands in it. */
  model: string
  manifest: CheckpointManifest
  /** Whether block means are made to agree with the input. */
  consistency: boolean
  precision: 'float32' | 'bfloat16'
}

/**
 * How an upscaling is stored: in blocks of its tiles, with a line of history. The line says all that the pixels depend on, the
 * weights by the first eight digits of their SHA-256, so that an interrupted file is not continued in another way.
 */
export function writeOptions({ interleave, compression }: { interleave: Interleave; compression: Compression }, rendering: Rendering, side: number): WriteOptions {
  const { scale, method, copies, model, manifest, consistency, precision } = rendering
  const weights = manifest.vectors.weights?.sha256
  const how = [
    copies > 1 ? `${method}, mean of ${copies} turned copies` : method,
    `model ${basename(model)}`,
    ...(weights === undefined ? [] : [`weights ${weights.slice(0, 8)}`]),
    ...(consistency ? [] : ['not made to agree with the input']),
    ...(precision === 'float32' ? [] : [precision]),
  ]
  return {
    interleave, compression, blockSize: side, overviews: 'auto', resumable: true, identity: '',
    history: [`Upscaled ${scale}x with DACN Studio (${how.join(', ')})`],
  }
}
