import { shifted, turned, type CameraPlace, type CameraPreset } from './camera-place'

const TURN = Math.PI / 36
const STEP = 0.04
const ZOOM = 1.2
const ARROWS: Record<string, readonly [x: number, y: number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }
const PRESETS: Record<string, CameraPreset> = { 1: 'top', 2: 'front', 3: 'isometric', 0: 'isometric' }

/** Where a key takes the camera; null when it means nothing here. Arrows turn, with Shift they move. */
export function cubeKey(key: string, shift: boolean, place: CameraPlace, preset: (name: CameraPreset) => CameraPlace): CameraPlace | null {
  const arrow = ARROWS[key]
  if (arrow !== undefined) return shift ? shifted(place, arrow[0] * STEP, arrow[1] * STEP) : turned(place, arrow[0] * TURN, -arrow[1] * TURN)
  if (key === '+' || key === '=') return { ...place, distance: place.distance / ZOOM }
  if (key === '-') return { ...place, distance: place.distance * ZOOM }
  const name = PRESETS[key]
  return name === undefined ? null : preset(name)
}
