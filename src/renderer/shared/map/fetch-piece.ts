import { pixels } from '../pixels/pixel-client'
import type { Piece } from './needed-piece'
import { PieceCache, type FetchedPiece, type PieceSource } from './piece-cache'

/** A dozen screens full of three bands. */
const MOST_BYTES = 192e6
const recent = new PieceCache(MOST_BYTES)

/** A piece of a layer that is at hand and that `serves` accepts; null when there is none. */
export function recentPiece(source: PieceSource, serves: (piece: Piece) => boolean): FetchedPiece | null {
  return recent.find(source, serves)
}

/** Exactly this piece: the one at hand, or from the scene process. Rejects as `PixelClient.ask`. */
export async function fetchPiece(source: PieceSource, piece: Piece, signal: AbortSignal): Promise<FetchedPiece> {
  const known = recent.find(source, (one) => samePiece(one, piece))
  if (known !== null) return known
  const block = await pixels.ask('picture', { layer: source.layer, bands: [...source.bands], ...piece }, signal)
  const fetched = { piece, block }
  recent.add(source, fetched)
  return fetched
}

function samePiece(p: Piece, q: Piece): boolean {
  return p.rows === q.rows && p.cols === q.cols && p.window.row === q.window.row && p.window.col === q.window.col && p.window.rows === q.window.rows && p.window.cols === q.window.cols
}
