import type { Point } from './cube-box'

/** Where the camera is, on a sphere about what it looks at. Angles in radians; azimuth 0 looks along the rows from the last to the first, polar 0 straight down. */
export interface CameraPlace {
  azimuth: number
  polar: number
  distance: number
  target: Point
}

/** Vertical field of view. */
export const FIELD_OF_VIEW_DEGREES = 30
/** Of a window in CSS pixels. */
export interface WindowSize {
  width: number
  height: number
}

/** What labels take of a window's width and height, in CSS pixels, and at most as a share of it. */
const LABELS = { width: 112, height: 56, share: 0.36 }
/** Straight down and straight up would leave open which way is up. */
const LEAST_POLAR = 1e-3

export type CameraPreset = 'top' | 'front' | 'isometric'

const PRESETS: Record<CameraPreset, { azimuth: number; polar: number }> = {
  top: { azimuth: 0, polar: LEAST_POLAR },
  front: { azimuth: 0, polar: Math.PI / 2 },
  // the angle at which the three edges of a cube look equally long
  isometric: { azimuth: Math.PI / 4, polar: Math.acos(1 / Math.sqrt(3)) },
}

/** Seen as the preset says, all of a box with these side lengths in sight. */
export function presetPlace(preset: CameraPreset, lengths: Point, window: WindowSize): CameraPlace {
  return { ...PRESETS[preset], distance: fitDistance(lengths, window), target: [0, 0, 0] }
}

/** So far away that a ball about the box fits into the view, with room for labels. */
export function fitDistance([x, y, z]: Point, window: WindowSize): number {
  return (1.02 * Math.hypot(x, y, z) * stepBack(window)) / 2
}

/** How many times its radius a ball must be away to fill a window. */
function stepBack({ width, height }: WindowSize): number {
  const half = Math.tan((FIELD_OF_VIEW_DEGREES * Math.PI) / 360)
  const left = Math.min(Math.max(height * (1 - LABELS.share), height - LABELS.height), Math.max(width * (1 - LABELS.share), width - LABELS.width)) / height
  const narrower = Math.atan(half * left)
  return 1 / Math.sin(narrower)
}

/**
 * Where the camera is whatever the window: seen by it, a cube fills as much of one window as of another, so that cubes side
 * by side share it. As `CameraPlace`, but for the unit of the distance.
 */
export type SharedCamera = CameraPlace

export function sharedCamera(place: CameraPlace, window: WindowSize): SharedCamera {
  return { ...place, distance: place.distance / stepBack(window) }
}

/** The inverse of `sharedCamera`. */
export function placeIn(camera: SharedCamera, window: WindowSize): CameraPlace {
  return { ...camera, distance: camera.distance * stepBack(window) }
}

export function cameraPosition({ azimuth, polar, distance, target }: CameraPlace): Point {
  const ground = distance * Math.sin(polar)
  return [target[0] + ground * Math.sin(azimuth), target[1] + distance * Math.cos(polar), target[2] + ground * Math.cos(azimuth)]
}

/** The inverse of `cameraPosition`. */
export function placeOf(position: Point, target: Point): CameraPlace {
  const [x, y, z] = [position[0] - target[0], position[1] - target[1], position[2] - target[2]]
  const distance = Math.hypot(x, y, z)
  return { azimuth: Math.atan2(x, z), polar: Math.acos(Math.min(1, Math.max(-1, y / distance))), distance, target }
}

/** Turned about the target, never over the top. */
export function turned(place: CameraPlace, azimuth: number, polar: number): CameraPlace {
  return { ...place, azimuth: place.azimuth + azimuth, polar: Math.min(Math.PI - LEAST_POLAR, Math.max(LEAST_POLAR, place.polar + polar)) }
}

/** Moved across the view by shares of the distance: to the right and up, as seen. */
export function shifted(place: CameraPlace, right: number, up: number): CameraPlace {
  const { azimuth, polar, distance, target: [x, y, z] } = place
  const [r, u] = [right * distance, up * distance]
  const lying = Math.cos(polar) * u
  return { ...place, target: [x + r * Math.cos(azimuth) - lying * Math.sin(azimuth), y + u * Math.sin(polar), z - r * Math.sin(azimuth) - lying * Math.cos(azimuth)] }
}
