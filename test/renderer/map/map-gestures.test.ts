// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { screenToBase, type MapPlace, type MapView } from '../../../src/renderer/shared/map/map-layer'
import { MapGestures } from '../../../src/renderer/shared/map/map-gestures'

const size = { width: 400, height: 300 }
const start: MapView = { row: 50, col: 60, zoom: 4 }

/** A map of 100 x 120 pixels at the page's corner, and what its gestures did. */
function map() {
  const state = { view: start as MapView | null, cursor: null as MapPlace | null, picked: [] as MapPlace[] }
  const gestures = new MapGestures({
    view: () => state.view ?? start, size: () => size, rows: () => 100, cols: () => 120, cursor: () => state.cursor,
    look: (view) => { state.view = view }, point: (place) => { state.cursor = place }, pick: (place) => { state.picked.push(place) },
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
  const press = (key: string, options: KeyboardEventInit = {}): void => { element.dispatchEvent(new KeyboardEvent('keydown', { key, ...options })) }
  return { state, element, gestures, pointer, press }
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
    const { state, pointer, element } = map()
    pointer('pointerdown', 204, 154)
    pointer('pointerup', 204, 154)
    vi.runAllTimers()
    expect(state.picked).toEqual([{ row: 51, col: 61 }])
    pointer('pointerdown', 10, 10)
    pointer('pointerup', 10, 10)
    element.dispatchEvent(new MouseEvent('dblclick'))
    vi.runAllTimers()
    expect(state.picked).toHaveLength(1)
    expect(state.view).toBeNull()
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
