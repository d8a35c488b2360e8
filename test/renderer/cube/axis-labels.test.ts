import { describe, expect, it } from 'vitest'
import { axisLabels } from '../../../src/renderer/cube/axis-labels'
import { wholeCut, worldLengths, type Point } from '../../../src/renderer/cube/cube-box'
import { sceneSource, sizeOf } from '../../../src/renderer/cube/cube-source'
import { sceneFacts } from '../../ipc/facts'

describe('axisLabels', () => {
  const facts = { ...sceneFacts, rows: 172, cols: 246, bands: 3, wavelengthNm: [400, 500, 600], badBands: [false, false, false], transform: null }
  const source = sceneSource('scene-1', facts)
  const size = sizeOf(source)
  const labelled = { source, facts, size, lengths: worldLengths(size, 0.6), cut: wholeCut(size), ground: 'pixels' as const }
  // seen from the front right and above, without perspective
  const screen = (scale: number) => ([x, y, z]: Point): { x: number; y: number } => ({ x: (x - z) * scale, y: ((x + z) / 2 - y) * scale })

  it.each([60, 100, 400])('are never written over each other, at %i pixels a unit', (scale) => {
    const numbers = axisLabels(labelled, [5, 5, 5], screen(scale)).filter(({ isName }) => !isName)
    expect(numbers.map(({ label }) => label)).toEqual(expect.arrayContaining(['172', '246', '400', '600']))
    for (const [index, one] of numbers.entries()) {
      for (const other of numbers.slice(index + 1)) {
        const isClear = Math.abs(one.y - other.y) >= 11 || Math.abs(one.x - other.x) >= (one.label.length + other.label.length) * 3.25 + 7.9
        expect(isClear, `${one.key} and ${other.key}`).toBe(true)
      }
    }
  })
})
