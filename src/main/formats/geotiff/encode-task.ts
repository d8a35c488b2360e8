import type { SampleArray, SampleType } from '../../cube/sample-type'
import { reduceQuadrant } from './overview-reduction'
import { tileBytes } from './predictor'
import { decodeTile, encodeTile, prepareCoding, type TileCoding } from './tile-codec'

/** Code one tile of raw samples. */
export interface EncodeTask {
  kind: 'encode'
  raw: Uint8Array
  coding: TileCoding
}

/** Make one overview tile out of up to four stored tiles of the next finer level. */
export interface ReduceTask {
  kind: 'reduce'
  quadrants: { stored: Uint8Array; validRows: number; validCols: number; rowOffset: number; colOffset: number }[]
  coding: TileCoding
  sampleType: SampleType
  /** One entry a sample of a pixel. */
  nodata: (number | null)[]
}

export type TileTask = EncodeTask | ReduceTask

/** The bytes of the stored tile. Runs in a worker. Memory of a reduction: two raw tiles. */
export async function runTileTask(task: TileTask): Promise<Uint8Array> {
  await prepareCoding(task.coding.compression)
  if (task.kind === 'encode') return encodeTile(task.raw, task.coding)
  const target = new Uint8Array(tileBytes(task.coding))
  for (const { stored, ...place } of task.quadrants) {
    const samples = viewSamples(decodeTile(stored, task.coding), task.sampleType)
    reduceQuadrant(viewSamples(target, task.sampleType), { samples, ...place }, task.coding, task.sampleType, task.nodata)
  }
  return encodeTile(target, task.coding)
}

function viewSamples(bytes: Uint8Array, type: SampleType): SampleArray {
  const { buffer, byteLength } = bytes
  switch (type) {
    case 'uint8': return bytes
    case 'int8': return new Int8Array(buffer)
    case 'uint16': return new Uint16Array(buffer)
    case 'int16': return new Int16Array(buffer)
    case 'uint32': return new Uint32Array(buffer)
    case 'int32': return new Int32Array(buffer)
    case 'float32': return new Float32Array(buffer)
    case 'uint64':
    case 'int64':
    case 'float64': return new Float64Array(buffer, 0, byteLength / 8)
  }
}
