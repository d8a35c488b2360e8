import { allBands, readWindow, type CubeReader } from '../cube/cube-reader'

/** Stored values of all bands of one pixel (0-based): Float32 [bands], NaN = no data. Throws 'invalid-argument' outside the scene. */
export function readSpectrum(reader: CubeReader, row: number, col: number, signal?: AbortSignal): Promise<Float32Array> {
  return readWindow(reader, { row, col, rows: 1, cols: 1 }, allBands(reader.header), signal)
}
