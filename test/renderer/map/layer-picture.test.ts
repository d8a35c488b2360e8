// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PixelQuestion } from '../../../src/preload/pixel-contract'
import { LayerPicture } from '../../../src/renderer/shared/map/layer-picture'
import type { MapLayer } from '../../../src/renderer/shared/map/map-layer'
import { FakePixels } from '../fake-pixels'

const size = { width: 400, height: 300 }
const near = { row: 1000, col: 1000, zoom: 2 }
let number = 0
let pixels: FakePixels

/** Each with a name of its own: pieces are kept over all tests. */
function layer(part: Partial<MapLayer> = {}): MapLayer {
  return { name: `scene:${number}`, rows: 4000, cols: 4000, pixelSize: 1, origin: { row: 0, col: 0 }, bands: [0], stretch: { limits: [{ low: 0, high: 1 }], gamma: 1 }, ...part }
}
const block = ({ rows, cols, bands }: { rows: number; cols: number; bands: number[] }) => ({ rows, cols, data: new Float32Array(rows * cols * bands.length) })
const settle = (): Promise<void> => new Promise((resolve) => { setTimeout(resolve, 90) })

beforeEach(() => {
  number++
  pixels = new FakePixels({ picture: block })
})

describe('LayerPicture', () => {
  it('asks for a small picture of the whole, then for what is in sight', async () => {
    const changed = vi.fn()
    const picture = new LayerPicture(layer(), changed, vi.fn())
    expect(picture.state).toBe('busy')
    picture.want(near, size, 1)
    await settle()
    expect(pixels.payloads('picture').map(({ rows, window }) => [rows, window.rows])).toEqual([[512, 4000], [226, 226]])
    expect(picture.state).toBe('quiet')
    expect(changed).toHaveBeenCalled()
  })

  it('asks for nothing again where it was a moment ago', async () => {
    const picture = new LayerPicture(layer(), vi.fn(), vi.fn())
    for (const col of [1000, 2000, 1000, 2000]) {
      picture.want({ ...near, col }, size, 1)
      await settle()
    }
    expect(pixels.payloads('picture')).toHaveLength(3)
  })

  it('asks for other bands, and not for another stretch', async () => {
    const picture = new LayerPicture(layer(), vi.fn(), vi.fn())
    await settle()
    picture.update(layer({ stretch: { limits: [{ low: 0, high: 5 }], gamma: 2 } }))
    await settle()
    expect(pixels.payloads('picture')).toHaveLength(1)
    picture.update(layer({ bands: [3] }))
    await settle()
    expect(pixels.payloads('picture')[1]?.bands).toEqual([3])
  })

  it('says once that it can not be read, waits, and tries again when told to', async () => {
    const failed = vi.fn()
    pixels = new FakePixels()
    const picture = new LayerPicture(layer(), vi.fn(), failed)
    await settle()
    expect(picture.state).toBe('failed')
    for (let times = 0; times < 3; times++) picture.want(near, size, 1)
    await settle()
    expect(failed).toHaveBeenCalledOnce()
    expect(pixels.asked).toHaveLength(1)
    pixels.answer({ picture: block })
    picture.retry()
    expect(picture.state).toBe('busy')
    await settle()
    expect(picture.state).toBe('quiet')
  })

  it('asks while the view moves, not only when it rests', async () => {
    const picture = new LayerPicture(layer(), vi.fn(), vi.fn())
    for (let step = 0; step < 12; step++) {
      picture.want({ ...near, col: 1000 + 150 * step }, size, 1)
      await new Promise((resolve) => { setTimeout(resolve, 20) })
    }
    expect(pixels.payloads('picture').length).toBeGreaterThan(2)
  })

  it('waits for a picture that shows most of what is in sight, and withdraws one that does not', async () => {
    const port = new SilentPixels()
    const picture = new LayerPicture(layer(), vi.fn(), vi.fn())
    picture.want(near, size, 1)
    await settle()
    picture.want({ ...near, col: 1080 }, size, 1)
    await settle()
    expect([port.payloads('picture').length, port.cancelled]).toEqual([2, []])
    picture.want({ ...near, col: 3000 }, size, 1)
    await settle()
    expect([port.payloads('picture').length, port.cancelled.length]).toEqual([3, 1])
    picture.want({ ...near, col: 3000, zoom: 8 }, size, 1)
    await settle()
    picture.want({ ...near, col: 3000, zoom: 0.5 }, size, 1)
    await settle()
    expect(port.cancelled).toHaveLength(2)
    picture.dispose()
    expect(port.cancelled).toHaveLength(4)
  })
})

/** A scene process that is busy: it answers nothing and hears what is withdrawn. */
class SilentPixels extends FakePixels {
  readonly cancelled: number[] = []

  override postMessage(question: PixelQuestion): void {
    if ('cancel' in question) this.cancelled.push(question.cancel)
    else this.asked.push(question)
  }
}
