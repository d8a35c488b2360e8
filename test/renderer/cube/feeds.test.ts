// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { PixelAnswer, PixelQuestion } from '../../../src/preload/pixel-contract'
import { CUBE_FACES, moveCut, wholeCut, type CubeFace } from '../../../src/renderer/cube/cube-box'
import { sceneSource, sizeOf } from '../../../src/renderer/cube/cube-source'
import { FaceFeed, type FaceWish } from '../../../src/renderer/cube/face-feed'
import { VolumeFeed } from '../../../src/renderer/cube/volume-feed'
import { pixels } from '../../../src/renderer/shared/pixels/pixel-client'
import type { FacePicture } from '../../../src/renderer/viewer/gl/cube-faces'
import { sceneFacts } from '../../ipc/facts'

type Asked = Extract<PixelQuestion, { id: number }>
const facts = { ...sceneFacts, rows: 6, cols: 5, bands: 3, wavelengthNm: [500, 600, 700], badBands: [false, true, false] }

/** Answers pictures with the plane's row + column, volumes with ones. */
class Scenes {
  readonly asked: Asked[] = []
  readonly cancelled: number[] = []
  onmessage: ((event: MessageEvent<PixelAnswer>) => void) | null = null
  held: Asked[] = []
  holds = false
  /** No data in the first pixel of each picture. */
  gap = false

  postMessage(message: PixelQuestion): void {
    if ('cancel' in message) {
      this.cancelled.push(message.cancel)
      return
    }
    this.asked.push(message)
    if (this.holds) this.held.push(message)
    else this.answer(message)
  }
  close(): void { this.onmessage = null }
  answer(question: Asked): void {
    if (question.name === 'volume') {
      const { rows, cols, bands } = question.payload
      this.say({ id: question.id, ok: true, value: { rows, cols, slices: bands.length, data: new Uint8Array(rows * cols * bands.length).fill(1) } })
    } else if (question.name === 'picture') {
      const { window, rows, cols, bands } = question.payload
      const data = new Float32Array(rows * cols * bands.length).fill(window.row + window.col)
      if (this.gap) data.fill(NaN, 0, bands.length)
      this.say({ id: question.id, ok: true, value: { rows, cols, data } })
    }
  }
  refuse(question: Asked): void {
    this.say({ id: question.id, ok: false, error: { tag: 'io', message: 'unreadable', remedy: '' } })
  }
  say(data: PixelAnswer): void {
    queueMicrotask(() => this.onmessage?.({ data } as MessageEvent<PixelAnswer>))
  }
}

let scenes: Scenes
let number = 0
beforeEach(() => {
  scenes = new Scenes()
  pixels.connect(scenes)
})

/** Of a scene of its own, as pieces are kept by name. */
function wishOf(): FaceWish {
  const source = sceneSource(`scene-${++number}`, facts)
  return { source, cut: wholeCut(sizeOf(source)), rgb: [2, 1, 0], style: { slices: source.slices.map(({ bad }) => ({ limits: { low: 0, high: 10 }, bad })), rgb: { limits: [0, 1, 2].map(() => ({ low: 0, high: 10 })), gamma: 1 } } }
}

function feedOf() {
  const shown = new Map<string, FacePicture | null>()
  const served: FaceWish[] = []
  const failed: unknown[] = []
  const feed = new FaceFeed({
    maxTextureSize: 64, show: ({ axis, end }: CubeFace, picture) => { shown.set(`${axis} ${end}`, picture) }, served: (wish) => { served.push(wish) }, failed: (error) => { failed.push(error) },
  })
  return { feed, shown, served, failed }
}

describe('FaceFeed', () => {
  it('shows all faces of a cut together', async () => {
    const { feed, shown, served } = feedOf()
    feed.want(wishOf())
    await vi.waitFor(() => { expect(served).toHaveLength(1) })
    expect([...shown.keys()]).toEqual(CUBE_FACES.map(({ axis, end }) => `${axis} ${end}`))
    expect(shown.get('slice from')).toMatchObject({ isColoured: true, width: 5, height: 6 })
    // the last row of 5 with limits 0 to 10
    expect(shown.get('row to')?.bytes[0]).toBe(128)
  })
  it('asks for the moved plane only, and for none when colours change', async () => {
    const { feed, shown, served } = feedOf()
    const wish = wishOf()
    feed.want(wish)
    await vi.waitFor(() => { expect(served).toHaveLength(1) })
    scenes.asked.length = 0
    feed.want({ ...wish, cut: moveCut(wish.cut, sizeOf(wish.source), { axis: 'row', end: 'to' }, 3) })
    await vi.waitFor(() => { expect(served).toHaveLength(2) })
    expect(scenes.asked.map(({ payload }) => ('window' in payload ? payload.window : null))).toEqual([{ row: 2, col: 0, rows: 1, cols: 5 }])
    shown.clear()
    const style = { ...wish.style, slices: wish.style.slices.map((slice) => ({ ...slice, limits: { low: 0, high: 2 } })) }
    feed.want({ ...wish, style, cut: moveCut(wish.cut, sizeOf(wish.source), { axis: 'row', end: 'to' }, 3) })
    await vi.waitFor(() => { expect(served).toHaveLength(3) })
    expect(scenes.asked).toHaveLength(1)
    expect(shown.size).toBe(6)
    expect(shown.get('row to')?.bytes[0]).toBe(255)
  })
  it('knows where its faces show data', async () => {
    const { feed, served } = feedOf()
    const wish = wishOf()
    const at = { row: 1.5, col: 2.5, slice: 0 }
    expect(feed.hasData({ axis: 'slice', end: 'from' }, at)).toBe(false)
    feed.want(wish)
    await vi.waitFor(() => { expect(served).toHaveLength(1) })
    expect(feed.hasData({ axis: 'slice', end: 'from' }, at)).toBe(true)
    scenes.gap = true
    // other bands are other planes
    feed.want({ ...wish, source: { ...wish.source, slices: wish.source.slices.slice(0, 2) }, cut: { ...wish.cut, slice: [0, 2] } })
    await vi.waitFor(() => { expect(served).toHaveLength(2) })
    expect([feed.hasData({ axis: 'row', end: 'to' }, { ...at, row: 6 }), feed.hasData({ axis: 'row', end: 'to' }, { row: 6, col: 0.5, slice: 1 })]).toEqual([true, false])
  })
  it('drops wishes that were overtaken, and goes on after a failure', async () => {
    const { feed, served, failed } = feedOf()
    const wish = wishOf()
    const size = sizeOf(wish.source)
    scenes.holds = true
    for (const at of [5, 4, 3]) feed.want({ ...wish, cut: moveCut(wish.cut, size, { axis: 'col', end: 'to' }, at) })
    scenes.holds = false
    for (const [index, question] of scenes.held.entries()) {
      if (index === 0) scenes.refuse(question)
      else scenes.answer(question)
    }
    await vi.waitFor(() => { expect(served).toHaveLength(1) })
    expect(failed).toHaveLength(1)
    expect(served[0]?.cut.col).toEqual([0, 3])
  })
  it('gives up its questions at the end', async () => {
    const { feed, served, failed } = feedOf()
    scenes.holds = true
    feed.want(wishOf())
    await vi.waitFor(() => { expect(scenes.held.length).toBe(6) })
    feed.dispose()
    expect(scenes.cancelled).toHaveLength(6)
    await new Promise((resolve) => { setTimeout(resolve) })
    expect([served, failed]).toEqual([[], []])
  })
})

describe('VolumeFeed', () => {
  it('leaves bad bands clear and asks once for the same', async () => {
    const { source, style } = wishOf()
    const show = vi.fn<ConstructorParameters<typeof VolumeFeed>[0]['show']>()
    const feed = new VolumeFeed({ max3DTextureSize: 2048, show, failed: (error) => { throw error } })
    feed.want(source, style.slices)
    feed.want(source, style.slices)
    await vi.waitFor(() => { expect(show).toHaveBeenCalledTimes(1) })
    expect(scenes.asked).toHaveLength(1)
    const [volume] = show.mock.calls[0] ?? []
    expect(Array.from(volume?.data ?? [])).toEqual([1, 0, 1].flatMap((value) => new Array<number>(30).fill(value)))
  })
  it('asks for the part that it shows, and takes no data of signed values for zero', async () => {
    const { source, style } = wishOf()
    const show = vi.fn<ConstructorParameters<typeof VolumeFeed>[0]['show']>()
    const feed = new VolumeFeed({ max3DTextureSize: 2048, show, failed: (error) => { throw error } })
    scenes.holds = true
    feed.want({ ...source, corner: { row: 2, col: 1 }, rows: 2, cols: 3, isSigned: true }, style.slices)
    const [question] = scenes.held
    expect(question?.payload).toMatchObject({ window: { row: 2, col: 1, rows: 2, cols: 3 }, rows: 2, cols: 3 })
    scenes.say({ id: question?.id ?? -1, ok: true, value: { rows: 1, cols: 2, slices: 3, data: Uint8Array.from([0, 7, 9, 9, 255, 0]) } })
    await vi.waitFor(() => { expect(show).toHaveBeenCalledTimes(1) })
    // the middle band is bad
    expect(Array.from(show.mock.calls[0]?.[0].data ?? [])).toEqual([128, 7, 128, 128, 255, 128])
  })
  it('withdraws what was overtaken and asks again after a failure', async () => {
    const { source, style } = wishOf()
    const show = vi.fn()
    const failed = vi.fn()
    const feed = new VolumeFeed({ max3DTextureSize: 2048, show, failed })
    scenes.holds = true
    feed.want(source, style.slices)
    feed.want(source, [...style.slices])
    expect(scenes.cancelled).toHaveLength(1)
    scenes.refuse(scenes.held[1] as Asked)
    await vi.waitFor(() => { expect(failed).toHaveBeenCalledTimes(1) })
    feed.want(source, style.slices)
    expect(scenes.asked).toHaveLength(3)
    feed.dispose()
    expect(show).not.toHaveBeenCalled()
  })
})
