import type { PixelBlock } from '../../../preload/pixel-contract'
import type { Piece } from './needed-piece'

/** Where a piece comes from: pieces of equal source may stand in for each other. */
export interface PieceSource {
  layer: string
  bands: readonly number[]
  edition: string
}

export interface FetchedPiece {
  piece: Piece
  block: PixelBlock
}

/** The pieces of pictures that were fetched last, within a number of bytes; the longest unused go first. */
export class PieceCache {
  /** By source; the most recently used piece last, in the map as in each list. */
  private readonly bySource = new Map<string, FetchedPiece[]>()
  private bytes = 0

  constructor(private readonly mostBytes: number) {}

  add(source: PieceSource, fetched: FetchedPiece): void {
    const size = fetched.block.data.byteLength
    if (size > this.mostBytes) return
    this.touch(keyOf(source), [...(this.bySource.get(keyOf(source)) ?? []), fetched])
    this.bytes += size
    for (const [key, pieces] of this.bySource) {
      while (this.bytes > this.mostBytes && pieces.length > 0) this.bytes -= pieces.shift()?.block.data.byteLength ?? 0
      if (pieces.length > 0) break
      this.bySource.delete(key)
    }
  }

  /** The piece used last of those that `serves` accepts; null when there is none. */
  find(source: PieceSource, serves: (piece: Piece) => boolean): FetchedPiece | null {
    const pieces = this.bySource.get(keyOf(source)) ?? []
    const found = [...pieces].reverse().find(({ piece }) => serves(piece))
    if (found === undefined) return null
    this.touch(keyOf(source), [...pieces.filter((one) => one !== found), found])
    return found
  }

  private touch(key: string, pieces: FetchedPiece[]): void {
    this.bySource.delete(key)
    this.bySource.set(key, pieces)
  }
}

function keyOf({ layer, bands, edition }: PieceSource): string {
  return `${layer} ${bands.join()} ${edition}`
}
