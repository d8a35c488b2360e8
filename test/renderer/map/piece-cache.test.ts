import { describe, expect, it } from 'vitest'
import { PieceCache, type FetchedPiece } from '../../../src/renderer/shared/map/piece-cache'

const source = { layer: 'scene:a', bands: [0], edition: '' }
/** A piece of 25 values, 100 bytes. */
const pieceAt = (row: number): FetchedPiece => ({ piece: { window: { row, col: 0, rows: 5, cols: 5 }, rows: 5, cols: 5 }, block: { rows: 5, cols: 5, data: new Float32Array(25) } })
const at = (row: number) => ({ window }: FetchedPiece['piece']): boolean => window.row === row

describe('PieceCache', () => {
  it('finds a piece that serves, of the same source only', () => {
    const cache = new PieceCache(1000)
    const first = pieceAt(0)
    cache.add(source, first)
    cache.add(source, pieceAt(5))
    expect(cache.find(source, at(0))).toBe(first)
    expect(cache.find(source, at(1))).toBeNull()
    expect(cache.find({ ...source, bands: [1] }, at(0))).toBeNull()
    expect(cache.find({ ...source, edition: 'repaired' }, at(0))).toBeNull()
  })

  it('lets go of what was not used longest, over all sources', () => {
    const cache = new PieceCache(300)
    const other = { ...source, layer: 'scene:b' }
    cache.add(source, pieceAt(0))
    cache.add(other, pieceAt(0))
    cache.add(source, pieceAt(5))
    cache.find(other, at(0))
    cache.add(other, pieceAt(5))
    expect(cache.find(source, at(0))).toBeNull()
    expect(cache.find(source, at(5))).not.toBeNull()
    expect(cache.find(other, at(0))).not.toBeNull()
    expect(cache.find(other, at(5))).not.toBeNull()
  })

  it('does not take in what is larger than all of it', () => {
    const cache = new PieceCache(150)
    cache.add(source, pieceAt(0))
    cache.add(source, { ...pieceAt(5), block: { rows: 50, cols: 1, data: new Float32Array(50) } })
    expect(cache.find(source, at(5))).toBeNull()
    expect(cache.find(source, at(0))).not.toBeNull()
  })
})
