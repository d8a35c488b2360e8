// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { screenToBase, type MapPlace, type MapView } from '../../../src/renderer/shared/map/map-layer'
import { MapGestures } from '../../../src/renderer/shared/map/map-gestures'

const size = { width: 400, height: 300 }
const start: MapView = { row: 50, col: 60, zoom: 4 }

/** A map of 100 x 120 pixels at the page's corner, and what its gestures did. */
function map() {
  const state = { view: start as MapView | null, cursor: null as MapPlace | null, picked: [] as MapPlace[], drawing: false, corners: [] as MapPlace[], closed: 0 }
  const gestures = new MapGestures({
    view: () => state.view ?? start, size: () => size, rows: () => 100, cols: () => 120, cursor: () => state.cursor,
    look: (view) => { state.view = view }, point: (place) => { state.cursor = place }, pick: (place) => { state.picked.push(place) },
    drawing: () => state.drawing, corner: (place) => { state.corners.push(place) }, close: () => { state.closed++ },
  })
  const element = document.createElement('canvas')
  element.setPointerCapture = () => undefined
  element.addEventListener('pointerdown', gestures.down)
  element.addEventListener('pointermove', gestures.move)
  element.addEventListener('pointerup', gestures.up)
  element.addEventListener('dblclick', gestures.doubleClick)
  element.addEventListener('wheel', gestures.wheel)
  element.addEventListener('keydown', gestures.key)
  const pointer = (type: string, clientX: number, clientY: number, pointerId = 1): void => { element.dispatchEvent(new PointerEvent(type, { pointerId, clientX, clientY, button: 0 })) }
  const click = (x: number, y: number): void => {
    pointer('pointerdown', x, y)
    pointer('pointerup', x, y)
  }
  const press = (key: string, options: KeyboardEventInit = {}): void => { element.dispatchEvent(new KeyboardEvent('keydown', { key, ...options })) }
  return { state, element, gestures, pointer, click, press }
}

describe('MapGestures', () => {
  beforeEach(() => { vi.useFakeTimers() })
  afterEach(() => { vi.useRealTimers() })

  it('drags the ground with the pointer and does not take that for a click', () => {
    const { state, pointer } = map()
    pointer('pointerdown', 100, 100)
    pointer('pointermove', 140, 80)
    pointer('pointerup', 140, 80)
    vi.runAllTimers()
    expect(state.view).toEqual({ row: 55, col: 50, zoom: 4 })
    expect(state.picked).toEqual([])
  })

  it('picks the place of a click, but not when it was the first half of a double click', () => {
    const { state, click, element } = map()
    click(204, 154)
    vi.runAllTimers()
    expect(state.picked).toEqual([{ row: 51, col: 61 }])
    click(10, 10)
    click(12, 11)
    element.dispatchEvent(new MouseEvent('dblclick'))
    vi.runAllTimers()
    expect(state.picked).toHaveLength(1)
    expect(state.view).toBeNull()
  })

  it('picks both places of two quick clicks, also when the system takes them for one double click', () => {
    const { state, click, element } = map()
    click(204, 154)
    vi.advanceTimersByTime(100)
    click(212, 154)
    element.dispatchEvent(new MouseEvent('dblclick'))
    vi.runAllTimers()
    expect(state.picked).toEqual([{ row: 51, col: 61 }, { row: 51, col: 63 }])
    expect(state.view).toEqual(start)
  })

  it('takes clicks for corners at once while an outline is drawn, and a double click for its end', () => {
    const { state, click, element, pointer } = map()
    // the pin set before is no first half of a corner
    click(100, 100)
    vi.runAllTimers()
    state.drawing = true
    vi.advanceTimersByTime(1000)
    click(100, 100)
    click(204, 154)
    pointer('pointerdown', 150, 150)
    pointer('pointermove', 170, 150)
    pointer('pointerup', 170, 150)
    expect(state.corners).toEqual([{ row: 37.5, col: 35 }, { row: 51, col: 61 }])
    click(300, 200)
    click(301, 200)
    element.dispatchEvent(new MouseEvent('dblclick'))
    vi.runAllTimers()
    expect([state.corners.length, state.closed, state.picked.length]).toEqual([3, 1, 1])
    expect(state.view).not.toBeNull()
  })

  it('zooms with the wheel about the pointer', () => {
    const { state, element } = map()
    const before = screenToBase(start, size, 300, 50)
    // this DOM's wheel events know no place
    element.dispatchEvent(Object.assign(new WheelEvent('wheel', { deltaY: -120 }), { clientX: 300, clientY: 50 }))
    const view = state.view as MapView
    expect(view.zoom).toBeGreaterThan(4)
    const after = screenToBase(view, size, 300, 50)
    expect(after.row).toBeCloseTo(before.row, 9)
    expect(after.col).toBeCloseTo(before.col, 9)
  })

  it('zooms with two fingers by their distance', () => {
    const { state, pointer } = map()
    pointer('pointerdown', 150, 150, 1)
    pointer('pointerdown', 250, 150, 2)
    pointer('pointermove', 350, 150, 2)
    expect(state.view?.zoom).toBeCloseTo(8, 9)
  })

  it('moves, zooms and fits by keys, and leaves keys of commands alone', () => {
    const { state, press } = map()
    press('ArrowRight')
    expect(state.view).toEqual({ row: 50, col: 76, zoom: 4 })
    press('+')
    expect(state.view?.zoom).toBe(6)
    press('0')
    expect(state.view).toBeNull()
    press('-', { ctrlKey: true })
    expect(state.view).toBeNull()
  })

  it('moves the cursor by pixels with Shift, inside the raster, and picks with Enter', () => {
    const { state, press } = map()
    press('Enter')
    press('ArrowDown', { shiftKey: true })
    expect(state.cursor).toEqual({ row: 51, col: 60 })
    state.cursor = { row: 99, col: 119 }
    press('ArrowDown', { shiftKey: true })
    expect(state.cursor).toEqual({ row: 99, col: 119 })
    press('Enter')
    expect(state.picked).toEqual([{ row: 99, col: 119 }])
  })
})
