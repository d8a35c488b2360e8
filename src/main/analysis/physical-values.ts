import type { CubeHeader } from '../cube/cube-header'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'

/** Values of `bands` over a window in physical units (stored * gain + offset): Float32 [rows, cols, bands], NaN = no data. */
export async function readPhysical(reader: CubeReader, window: PixelWindow, bands: readonly number[], signal?: AbortSignal): Promise<Float32Array> {
  const values = await readWindow(reader, window, bands, signal)
  toPhysical(values, reader.header, bands)
  return values
}

/** Turns stored values [..., bands] into physical ones, in place. */
function toPhysical(values: Float32Array, { gain, offset }: Pick<CubeHeader, 'gain' | 'offset'>, bands: readonly number[]): void {
  if (gain === null && offset === null) return
  const gains = bands.map((band) => gain?.[band] ?? 1)
  const offsets = bands.map((band) => offset?.[band] ?? 0)
  for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) * (gains[i % bands.length] as number) + (offsets[i % bands.length] as number)
}
