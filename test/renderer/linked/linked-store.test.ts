// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LayerView } from '../../../src/preload/contract'
import { comparedLayers, layerBands, pixelOf, windowOf, type ComparedLayer } from '../../../src/renderer/linked/compared-layer'
import { useLinkedStore, usualDisplay, type Comparison } from '../../../src/renderer/linked/linked-store'
import { sceneFacts } from '../../ipc/facts'
import { resultView, sceneView } from '../sample-project'

const computed: LayerView = {
  id: 'layer-1', name: 'NDVI', sceneId: 'scene-1', resultId: null, analysis: { kind: 'components' }, createdUtc: '2026-11-24T13:00:00.000Z', file: 'results/ndvi.tif', rows: 50, cols: 50,
  bandNames: ['a', 'b', 'c'], origin: { row: 0, col: 0 }, pixelSize: 1, path: '/p/ndvi.tif', missing: false,
}
const written = resultView({ state: 'done', rows: 100, cols: 100, paths: ['/p/r.tif'] })

function layersOf(results = [written], layers = [computed]): ComparedLayer[] {
  return comparedLayers(sceneView(), sceneFacts, results, layers)
}

describe('what can be compared', () => {
  it('is the scene, its written results and what was computed, newest first', () => {
    const layers = layersOf(
      [resultView({ ...written, id: 'old', createdUtc: '2026-01-01T00:00:00Z' }), written, resultView({ id: 'gone', missing: true }), resultView({ id: 'other', sceneId: 'scene-2' }), resultView({ id: 'busy', state: 'running', paths: [] })],
      [computed, { ...computed, id: 'layer-2', missing: true }],
    )
    expect(layers.map(({ name, kind }) => [name, kind])).toEqual([['scene:scene-1', 'scene'], [`result:${written.id}`, 'result'], ['result:old', 'result'], ['analysis:layer-1', 'analysis']])
  })
  it('knows pixels, windows and bands of finer grids and of parts', () => {
    const fine = { rows: 40, cols: 60, pixelSize: 0.5, origin: { row: 10, col: 20 } }
    expect(pixelOf(fine, { row: 10, col: 20 })).toEqual({ row: 1, col: 1 })
    expect(pixelOf(fine, { row: 9, col: 20 })).toBeNull()
    expect(pixelOf(fine, { row: 29, col: 49 })).toEqual({ row: 39, col: 59 })
    expect(pixelOf(fine, { row: 30, col: 49 })).toBeNull()
    expect(windowOf(fine, { row: 5, col: 25, rows: 10, cols: 4 })).toEqual({ row: 0, col: 10, rows: 10, cols: 8 })
    expect(windowOf(fine, { row: 0, col: 0, rows: 10, cols: 20 })).toBeNull()
    expect(layerBands({ sceneBands: [0, 2, 9], bandNames: [] }, [1, 8, 0])).toEqual([0, 2, 0])
    expect(layerBands({ sceneBands: null, bandNames: ['one'] }, [2, 1, 0])).toEqual([0, 0, 0])
  })
  it('is shown as it is looked at most', () => {
    const [scene, , analysis] = layersOf()
    const display = { bands: [2, 1, 0], mode: { kind: 'min-max' as const }, gamma: 1 }
    expect(usualDisplay(scene as ComparedLayer, display)).toEqual({ ...display, ramp: 'grey' })
    expect(usualDisplay(analysis as ComparedLayer, display)).toMatchObject({ bands: [0, 1, 2], ramp: 'viridis' })
  })
})

describe('a comparison', () => {
  beforeEach(() => { setActivePinia(createPinia()) })
  const names = ({ views }: Comparison): string[] => views.map(({ layer }) => layer)

  it('begins with the scene and its newest result, and holds up to four views', () => {
    const store = useLinkedStore()
    const layers = layersOf()
    const now = (): Comparison => store.of('scene-1', layers)
    expect(names(now())).toEqual(['scene:scene-1', `result:${written.id}`])
    store.addView('scene-1', now(), layers)
    store.addView('scene-1', now(), layers)
    store.addView('scene-1', now(), layers)
    expect(names(now())).toEqual(['scene:scene-1', `result:${written.id}`, 'analysis:layer-1', 'scene:scene-1'])
    expect([now().active, new Set(now().views.map(({ id }) => id)).size]).toEqual([3, 4])
    store.closeView('scene-1', now(), 0)
    expect([names(now()), now().active]).toEqual([[`result:${written.id}`, 'analysis:layer-1', 'scene:scene-1'], 2])
  })

  it('shows a layer in a free place, else in the active view, never twice', () => {
    const store = useLinkedStore()
    const layers = layersOf([written], ['1', '2', '3', '4'].map((id) => ({ ...computed, id })))
    const now = (): Comparison => store.of('scene-1', layers)
    for (const id of ['1', '2', '3']) store.show('scene-1', now(), `analysis:${id}`)
    expect(names(now())).toEqual(['scene:scene-1', `result:${written.id}`, 'analysis:1', 'analysis:3'])
    store.show('scene-1', now(), 'analysis:1')
    expect([now().active, now().views.length]).toEqual([2, 4])
  })

  it('lets go of layers that are gone, and of arrangements that need two', () => {
    const store = useLinkedStore()
    const layers = layersOf([written], [])
    store.change('scene-1', store.of('scene-1', layers), { arrangement: 'swipe' })
    expect(store.of('scene-1', layers).arrangement).toBe('swipe')
    expect(names(store.of('scene-1', layersOf([], [])))).toEqual(['scene:scene-1'])
    store.closeView('scene-1', store.of('scene-1', layers), 0)
    expect(store.of('scene-1', layers)).toMatchObject({ arrangement: 'grid', active: 0 })
    store.closeView('scene-1', store.of('scene-1', layers), 0)
    expect(names(store.of('scene-1', layers))).toEqual([`result:${written.id}`])
    expect(names(store.of('scene-1', layersOf([], [])))).toEqual(['scene:scene-1'])
  })

  it('keeps regions in colours of their own, also when it begins anew', () => {
    const store = useLinkedStore()
    const layers = layersOf()
    const window = { row: 0, col: 0, rows: 5, cols: 5 }
    store.addRegion('scene-1', store.of('scene-1', layers), window, ['#e69f00'])
    store.addRegion('scene-1', store.of('scene-1', layers), window, ['#e69f00'])
    store.begin('scene-1', ['scene:scene-1'])
    const { regions } = store.of('scene-1', layers)
    expect(new Set(['#e69f00', ...regions.map(({ color }) => color)]).size).toBe(3)
  })
})
