import { DataTexture, LinearSRGBColorSpace, PerspectiveCamera, Raycaster, Scene, Vector2, Vector3, WebGLRenderer } from 'three'
import { OrbitControls } from 'three/examples/jsm/controls/OrbitControls.js'
import { cameraPosition, FIELD_OF_VIEW_DEGREES, placeOf, type CameraPlace } from '../../cube/camera-place'
import type { CubeCut, CubeSize, Point } from '../../cube/cube-box'
import type { Ray } from '../../cube/hit-box'
import { nextMovingScale } from '../../cube/moving-scale'
import { CubeFaces } from './cube-faces'
import { CubeVolume } from './cube-volume'

/** What the view tells of itself. */
export interface CubeViewEvents {
  /** A picture was drawn: labels follow. `frameMs`: since the one before, null when it followed no other at once; `share`: of the window's resolution. */
  drawn: (frameMs: number | null, share: number) => void
  /** The user took the camera elsewhere by hand. */
  steered: () => void
  /** The graphics processor was lost or is there again. */
  lost: (isLost: boolean) => void
}

/** Frames farther apart than this were not wanted one after the other. */
const PAUSE_MS = 400
/** Of a picture's longer side; what a canvas can be encoded from. */
const MOST_PIXELS = 8192
/** The view rests when nothing moved for so long. */
const REST_MS = 200

/** The cube on a canvas: draws only when something changed. Not reactive; whoever makes it disposes of it. */
export class CubeView {
  readonly faces: CubeFaces
  readonly volume: CubeVolume
  private readonly renderer: WebGLRenderer
  private readonly scene = new Scene()
  private readonly camera = new PerspectiveCamera(FIELD_OF_VIEW_DEGREES, 1, 0.01, 100)
  private readonly controls: OrbitControls
  private readonly colours = new DataTexture(new Uint8Array(256 * 4), 256, 1)
  private width = 1
  private height = 1
  private wanted = 0
  private lastFrame = -Infinity
  private restTimer: ReturnType<typeof setTimeout> | null = null
  /** Share of the resolution at which a volume moves. */
  private movingScale = 0.5
  private isPlaced = false

  constructor(private readonly canvas: HTMLCanvasElement, private readonly events: CubeViewEvents) {
    this.renderer = new WebGLRenderer({ canvas, antialias: true, alpha: true })
    // colours of data are shown as they are
    this.renderer.outputColorSpace = LinearSRGBColorSpace
    this.faces = new CubeFaces(this.colours)
    this.volume = new CubeVolume(this.colours)
    this.scene.add(this.faces.group, this.volume.mesh)
    this.controls = new OrbitControls(this.camera, canvas)
    this.controls.zoomToCursor = true
    this.controls.minDistance = 0.05
    this.controls.maxDistance = 20
    this.controls.addEventListener('change', this.controlled)
    canvas.addEventListener('webglcontextlost', this.contextLost)
    canvas.addEventListener('webglcontextrestored', this.contextRestored)
  }

  get maxTextureSize(): number {
    return this.renderer.capabilities.maxTextureSize
  }

  get max3DTextureSize(): number {
    const gl = this.renderer.getContext() as WebGL2RenderingContext
    return gl.getParameter(gl.MAX_3D_TEXTURE_SIZE) as number
  }

  set mode(mode: 'faces' | 'volume') {
    this.faces.visible = mode === 'faces'
    this.volume.visible = mode === 'volume'
    this.draw()
  }

  /** Of the window, in CSS pixels. */
  resize(width: number, height: number): void {
    this.width = width
    this.height = height
    this.camera.aspect = width / height
    this.camera.updateProjectionMatrix()
    this.renderer.setPixelRatio(devicePixelRatio)
    this.renderer.setSize(width, height, false)
    // at once, as the canvas is empty now; that is no frame of a movement
    this.drawNow(-Infinity)
  }

  shape(size: CubeSize, lengths: Point, cut: CubeCut): void {
    this.faces.shape(size, lengths, cut)
    this.volume.shape(size, lengths, cut)
    this.moved()
  }

  /** `table`: Uint8 [256, 4]. */
  colourBy(table: Uint8Array): void {
    (this.colours.image.data as Uint8Array).set(table)
    this.colours.needsUpdate = true
    this.draw()
  }

  get place(): CameraPlace {
    const { x, y, z } = this.controls.target
    return placeOf(this.camera.position.toArray(), [x, y, z])
  }

  set place(place: CameraPlace) {
    this.controls.target.set(...place.target)
    this.camera.position.set(...cameraPosition(place))
    this.isPlaced = true
    this.controls.update()
    this.isPlaced = false
    this.moved()
  }

  /** Where a place of the world lies on the canvas, in CSS pixels. */
  screenOf(point: Point): { x: number; y: number } {
    return this.projected(point, this.camera)
  }

  private projected([x, y, z]: Point, camera: PerspectiveCamera): { x: number; y: number } {
    const seen = new Vector3(x, y, z).project(camera)
    return { x: ((seen.x + 1) / 2) * this.width, y: ((1 - seen.y) / 2) * this.height }
  }

  /** What lies under a place of the canvas. */
  rayAt(x: number, y: number): Ray {
    const caster = new Raycaster()
    caster.setFromCamera(new Vector2((2 * x) / this.width - 1, 1 - (2 * y) / this.height), this.camera)
    return { origin: caster.ray.origin.toArray(), direction: caster.ray.direction.toArray() }
  }

  /** Draws before the next frame of the screen. */
  readonly draw = (): void => {
    if (this.wanted === 0) this.wanted = requestAnimationFrame(this.drawNow)
  }

  /**
   * What is seen from a place, finely, `scale` times as large as in the window but no larger than the graphics processor
   * can draw; clear ground. The window shows its own place again at the next frame.
   */
  snapshot(place: CameraPlace, scale: number): { drawing: HTMLCanvasElement; scale: number; screenOf: (point: Point) => { x: number; y: number } } {
    const { place: before } = this
    const most = Math.min(this.maxTextureSize, MOST_PIXELS) / Math.max(this.width, this.height)
    const drawn = Math.min(scale, most)
    const drawing = document.createElement('canvas')
    this.place = place
    this.volume.moving = false
    this.renderer.setPixelRatio(drawn)
    this.renderer.render(this.scene, this.camera)
    drawing.width = this.canvas.width
    drawing.height = this.canvas.height
    drawing.getContext('2d')?.drawImage(this.canvas, 0, 0)
    const seen = this.camera.clone()
    this.place = before
    this.draw()
    return { drawing, scale: drawn, screenOf: (point) => this.projected(point, seen) }
  }

  dispose(): void {
    if (this.wanted !== 0) cancelAnimationFrame(this.wanted)
    if (this.restTimer !== null) clearTimeout(this.restTimer)
    this.canvas.removeEventListener('webglcontextlost', this.contextLost)
    this.canvas.removeEventListener('webglcontextrestored', this.contextRestored)
    this.controls.dispose()
    this.faces.dispose()
    this.volume.dispose()
    this.colours.dispose()
    this.renderer.dispose()
    // a page holds sixteen contexts at most, and the collector takes its time
    this.renderer.forceContextLoss()
  }

  /** `now`: the screen's time of this frame. */
  private readonly drawNow = (now: number): void => {
    this.wanted = 0
    // the word of the loss comes later than the loss; nothing can be drawn until the context is there again
    if (this.renderer.getContext().isContextLost()) return
    const passed = now - this.lastFrame
    this.lastFrame = now
    const frameMs = passed > 0 && passed < PAUSE_MS && this.restTimer !== null ? passed : null
    // a volume costs by the pixel: it moves coarsely, as fast as it can be drawn, and is drawn finely at rest
    const isRough = this.volume.visible && this.restTimer !== null
    if (isRough && frameMs !== null) this.movingScale = nextMovingScale(this.movingScale, frameMs)
    this.volume.moving = isRough
    const share = isRough ? this.movingScale : 1
    const ratio = devicePixelRatio * share
    if (this.renderer.getPixelRatio() !== ratio) this.renderer.setPixelRatio(ratio)
    this.renderer.render(this.scene, this.camera)
    this.events.drawn(frameMs, share)
    // one after the other while it moves: what is measured is drawing, not waiting for the hand
    if (this.restTimer !== null) this.draw()
  }

  private readonly moved = (): void => {
    if (this.restTimer !== null) clearTimeout(this.restTimer)
    this.restTimer = setTimeout(() => {
      this.restTimer = null
      this.draw()
    }, REST_MS)
    this.draw()
  }

  private readonly controlled = (): void => {
    if (this.isPlaced) return
    this.moved()
    this.events.steered()
  }

  private readonly contextLost = (): void => { this.events.lost(true) }

  private readonly contextRestored = (): void => {
    this.events.lost(false)
    this.draw()
  }
}
