import { StudioError } from '../common/errors'
import type { CubeReader } from '../cube/cube-reader'
import type { PixelWindow } from '../cube/pixel-window'

/** How a result lies on the scene that it was made of. */
export interface ResultPlace {
  /** The part of the scene that it shows. */
  window: PixelWindow
  /** Bands of the scene (0-based) in its order. */
  bands: readonly number[]
  scale: number
}

/** Throws 'mismatch' when the files are not of the sizes that `place` asks for. */
export function assertFits({ window, bands, scale }: ResultPlace, result: Pick<CubeReader, 'header' | 'files'>, scene: Pick<CubeReader, 'header'>): void {
  const { rows, cols } = result.header
  const inside = window.row + window.rows <= scene.header.rows && window.col + window.cols <= scene.header.cols && bands.every((band) => band < scene.header.bands)
  if (inside && rows === window.rows * scale && cols === window.cols * scale && result.header.bands === bands.length) return
  const file = result.files[0]
  throw new StudioError('mismatch', `${file ?? 'The result'}: its ${rows} x ${cols} pixels and ${result.header.bands} bands do not fit its scene at ${scale}x.`, {
    ...(file === undefined ? {} : { file }), remedy: 'The file or the scene was replaced: upscale the scene again.',
  })
}
