import { describe, expect, it } from 'vitest'
import { intersectWindows, type PixelWindow } from '../../src/main/cube/pixel-window'
import { GUARD_REACH, protocolGround } from '../../src/main/metrics/protocol-ground'
import { PATCH, PROTOCOL_NAMES, PROTOCOL_SCALES, PUBLISHED_PROTOCOLS, type ProtocolName } from '../../src/main/metrics/published-protocols'
import { defaultStudioShape, receptiveHalo } from '../../src/main/model/studio/shape'
import { loadStudioBase } from '../../src/main/training/studio-base'

const sizes = PROTOCOL_NAMES.flatMap((name) => PUBLISHED_PROTOCOLS[name].rows.map((rows) => ({ name, rows, cols: PUBLISHED_PROTOCOLS[name].cols })))
const all = sizes.flatMap((size) => PROTOCOL_SCALES.map((scale) => ({ ...size, scale })))
const ground = (name: ProtocolName, rows: number, scale: 2 | 4 | 8 = 2): ReturnType<typeof protocolGround> =>
  protocolGround(PUBLISHED_PROTOCOLS[name], { rows, cols: PUBLISHED_PROTOCOLS[name].cols }, scale)

function grown({ row, col, rows, cols }: PixelWindow, by: number): PixelWindow {
  return { row: row - by, col: col - by, rows: rows + 2 * by, cols: cols + 2 * by }
}

describe('the published protocols', () => {
  it('test where the notebooks do', () => {
    expect(ground('pavia-university', 610).test).toEqual({ row: 0, col: 0, rows: 144, cols: 144 })
    expect(ground('pavia-centre', 1096).test).toEqual({ row: 952, col: 285, rows: 144, cols: 144 })
    // a copy without one of its rows: still the last ones
    expect(ground('pavia-centre', 1095).test.row).toBe(951)
  })

  it('know how much of the test patch the published networks are trained on', () => {
    expect(ground('pavia-university', 610).publishedOverlap).toBe(0)
    expect(ground('pavia-centre', 1096).publishedOverlap).toBeCloseTo(0.389, 3)
  })

  it.each(all)('train $name of $rows rows at $scale x on published patches, clear of the test patch', ({ name, rows, cols, scale }) => {
    const { test, training, guard } = ground(name, rows, scale)
    const patches = { row: 0, col: 0, rows: Math.floor(rows / PATCH) * PATCH, cols: Math.floor(cols / PATCH) * PATCH }
    expect(intersectWindows(training, patches)).toEqual(training)
    expect(guard).toBe(GUARD_REACH * scale)
    expect(intersectWindows(training, grown(test, guard))).toBeNull()
    expect([training.row % scale, training.col % scale]).toEqual([0, 0])
    // crops and a held-out block find room at every scale
    expect(Math.min(training.rows, training.cols)).toBeGreaterThanOrEqual(PATCH)
  })

  it('train on the largest such rectangle', () => {
    expect(ground('pavia-university', 610, 2).training).toEqual({ row: 204, col: 0, rows: 372, cols: 288 })
    expect(ground('pavia-centre', 1096, 4).training).toEqual({ row: 0, col: 0, rows: 832, cols: 576 })
  })

  it.each(PROTOCOL_SCALES)('keep as far away as the %ix network looks around', async (scale) => {
    expect(GUARD_REACH).toBeGreaterThanOrEqual(receptiveHalo((await loadStudioBase(scale, { kind: 'block' }, null)).shape))
    expect(GUARD_REACH).toBeGreaterThanOrEqual(receptiveHalo(defaultStudioShape(scale === 4 ? 4 : 2)))
  })
})
