import type { PixelBlock } from '../../preload/pixel-contract'
import { fetchPiece } from '../shared/map/fetch-piece'
import type { FacePicture } from '../viewer/gl/cube-faces'
import { CUBE_FACES, type CubeCut, type CubeFace } from './cube-box'
import { sizeOf, sourceKey, type CubeSource } from './cube-source'
import type { CubePlace } from './hit-box'
import { planeOf, planeQuestion, samePlane, type Plane } from './plane'
import { planePicture, showsData, type CubeStyle } from './plane-picture'

/** What the feed gives to the view. */
export interface FaceFeedTarget {
  maxTextureSize: number
  show: (face: CubeFace, picture: FacePicture | null) => void
  /** All faces show what belongs to this wish now. */
  served: (wish: FaceWish) => void
  failed: (error: unknown) => void
}

export interface FaceWish {
  source: CubeSource
  style: CubeStyle
  /** Bands of the layer for the top; null = values as on the other faces. */
  rgb: readonly number[] | null
  cut: CubeCut
}

/**
 * Brings the planes of a cut to the faces. A cut is shown once all its planes are there, so that no face shows what lies
 * elsewhere; while planes come, only the latest wish waits. Not reactive.
 */
export class FaceFeed {
  private readonly held: ({ plane: Plane; block: PixelBlock } | null)[] = CUBE_FACES.map(() => null)
  private readonly pictures: (FacePicture | null)[] = CUBE_FACES.map(() => null)
  private shown: FaceWish | null = null
  private wish: FaceWish | null = null
  private busy = false
  private readonly ended = new AbortController()

  constructor(private readonly target: FaceFeedTarget) {}

  want(wish: FaceWish): void {
    this.wish = wish
    if (!this.busy) void this.follow()
  }

  /** Whether a face shows anything at a place on it, rather than what lies behind. */
  hasData({ axis, end }: CubeFace, at: CubePlace): boolean {
    const picture = this.pictures[CUBE_FACES.findIndex((face) => face.axis === axis && face.end === end)] ?? null
    return picture !== null && this.shown !== null && showsData(picture, sizeOf(this.shown.source), axis, at)
  }

  dispose(): void {
    this.ended.abort()
  }

  private async follow(): Promise<void> {
    this.busy = true
    while (this.wish !== null && !this.ended.signal.aborted) {
      const wish = this.wish
      this.wish = null
      try {
        await this.serve(wish)
      } catch (error) {
        if (!this.ended.signal.aborted) this.target.failed(error)
      }
    }
    this.busy = false
  }

  private async serve(wish: FaceWish): Promise<void> {
    const isNew = this.shown === null || sourceKey(wish.source) !== sourceKey(this.shown.source)
    const restyled = isNew || wish.style !== this.shown?.style
    const planes = CUBE_FACES.map((face) => planeOf(wish.cut, face, wish.rgb))
    const fetched = await Promise.all(planes.map(async (plane, index) => {
      const held = this.held[index] ?? null
      if (!isNew && held !== null && samePlane(held.plane, plane)) return null
      const { source, piece } = planeQuestion(wish.source, plane, this.target.maxTextureSize)
      return { plane, block: (await fetchPiece(source, piece, this.ended.signal)).block }
    }))
    if (this.ended.signal.aborted) return
    fetched.forEach((arrived, index) => {
      const held = arrived ?? this.held[index] ?? null
      if (held === null || (arrived === null && !restyled)) return
      this.held[index] = held
      const picture = planePicture(held.plane, held.block, wish.style)
      this.pictures[index] = picture
      this.target.show(CUBE_FACES[index] as CubeFace, picture)
    })
    this.shown = wish
    this.target.served(wish)
  }
}
