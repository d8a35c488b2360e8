import type { PixelBlock } from '../../preload/pixel-contract'
import { paint, type Stretch } from '../shared/map/stretch'
import type { FacePicture } from '../viewer/gl/cube-faces'
import { lengthOf, type CubeAxis, type CubeSize } from './cube-box'
import { PICTURE_AXES } from './face-quad'
import { faceTexels, type SliceStyle } from './face-texels'
import type { CubePlace } from './hit-box'
import type { Plane } from './plane'

/** How values become colours: of each slice, and of the picture on top. */
export interface CubeStyle {
  slices: SliceStyle[]
  rgb: Stretch
}

/** The answer to a plane's question as its face shows it. */
export function planePicture({ axis, index, rgb }: Plane, { rows, cols, data }: PixelBlock, style: CubeStyle): FacePicture {
  if (rgb !== null) {
    const painted = paint(data, rgb.length, style.rgb)
    return { bytes: new Uint8Array(painted.buffer), width: cols, height: rows, isColoured: true }
  }
  if (axis === 'slice') return { bytes: faceTexels(data, [style.slices[index] as SliceStyle]), width: cols, height: rows, isColoured: false }
  return { bytes: faceTexels(data, style.slices), width: axis === 'row' ? cols : rows, height: style.slices.length, isColoured: false }
}

/** Whether a face shows anything at a place on it; `axis`: the one across the face. */
export function showsData({ bytes, width, height }: FacePicture, size: CubeSize, axis: CubeAxis, at: CubePlace): boolean {
  const [across, down] = PICTURE_AXES[axis]
  const texel = (length: number, along: CubeAxis): number => Math.min(length - 1, Math.max(0, Math.floor((at[along] / lengthOf(size, along)) * length)))
  return (bytes[(texel(height, down) * width + texel(width, across)) * 4 + 3] as number) > 0
}
