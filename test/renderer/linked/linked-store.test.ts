// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import type { LayerView } from '../../../src/preload/contract'
import { comparedLayers, layerBands, pixelOf, type ComparedLayer } from '../../../src/renderer/linked/compared-layer'
import { useLinkedStore, usualDisplay, type Comparison } from '../../../src/renderer/linked/linked-store'
import { middleOf, shapeOnLayer, windowAround } from '../../../src/renderer/linked/region'
import { sceneFacts } from '../../ipc/facts'
import { symmetricLimits } from '../../../src/renderer/shared/map/stretch'
import { resultView, sceneView } from '../sample-project'

const computed: LayerView = {
  id: 'layer-1', name: 'NDVI', sceneId: 'scene-1', resultId: null, analysis: { kind: 'components' }, createdUtc: '2026-11-24T13:00:00.000Z', file: 'results/ndvi.tif', rows: 50, cols: 50,
  bandNames: ['a', 'b', 'c'], origin: { row: 0, col: 0 }, pixelSize: 1, path: '/p/ndvi.tif', missing: false,
}
const written = resultView({ derived: false, state: 'done', rows: 100, cols: 100, paths: ['/p/r.tif'] })

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
    const rectangle = (row: number, col: number, rows: number, cols: number) => shapeOnLayer(fine, { kind: 'rectangle', window: { row, col, rows, cols } })
    expect(rectangle(5, 25, 10, 4)).toEqual({ window: { row: 0, col: 10, rows: 10, cols: 8 }, corners: null })
    expect(rectangle(0, 0, 10, 20)).toBeNull()
    expect(layerBands({ sceneBands: [0, 2, 9], bandNames: [] }, [1, 8, 0])).toEqual([0, 2, 0])
    expect(layerBands({ sceneBands: null, bandNames: ['one'] }, [2, 1, 0])).toEqual([0, 0, 0])
  })
  it('knows polygons on the scene and on finer grids', () => {
    const triangle = { kind: 'polygon' as const, corners: [{ row: 11.2, col: 21.6 }, { row: 11.2, col: 24.4 }, { row: 13.9, col: 22 }] }
    expect([windowAround(triangle), middleOf(triangle)]).toEqual([{ row: 11, col: 21, rows: 3, cols: 4 }, { row: 12, col: 23 }])
    const fine = shapeOnLayer({ rows: 5, cols: 60, pixelSize: 0.5, origin: { row: 10, col: 20 } }, triangle)
    expect(fine?.window).toEqual({ row: 2, col: 2, rows: 3, cols: 8 })
    expect(fine?.corners?.map(({ row, col }) => [Math.round(10 * row) / 10, Math.round(10 * col) / 10])).toEqual([[2.4, 3.2], [2.4, 8.8], [7.8, 4]])
    expect(shapeOnLayer({ rows: 5, cols: 5, pixelSize: 1, origin: { row: 0, col: 0 } }, triangle)).toBeNull()
  })
  it('offers what is derived of results that fit their scene, with zero in the middle of differences', () => {
    const layers = layersOf([resultView({ ...written, derived: true })])
    expect(layers.map(({ kind, name, label }) => [kind, name, label])).toEqual([
      ['scene', 'scene:scene-1', 'jasper-ridge'], ['result', `result:${written.id}`, written.name], ['bicubic', `bicubic:${written.id}`, `Bicubic at ${written.name}`],
      ['difference', `difference:${written.id}`, `Difference of ${written.name}`], ['analysis', 'analysis:layer-1', 'NDVI'],
    ])
    const difference = layers.find(({ kind }) => kind === 'difference') as ComparedLayer
    expect(usualDisplay(difference, { bands: [2, 1, 0], mode: { kind: 'min-max' }, gamma: 2 })).toEqual({ bands: [2], mode: { kind: 'percentile', percent: 2 }, gamma: 1, ramp: 'coolwarm' })
    expect([symmetricLimits({ low: -3, high: 8 }), symmetricLimits({ low: -9, high: -2 })]).toEqual([{ low: -8, high: 8 }, { low: -9, high: 9 }])
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
    const shape = { kind: 'rectangle' as const, window: { row: 0, col: 0, rows: 5, cols: 5 } }
    store.addRegion('scene-1', store.of('scene-1', layers), shape, ['#e69f00'])
    store.addRegion('scene-1', store.of('scene-1', layers), shape, ['#e69f00'])
    store.begin('scene-1', ['scene:scene-1'])
    const { regions } = store.of('scene-1', layers)
    expect(new Set(['#e69f00', ...regions.map(({ color }) => color)]).size).toBe(3)
    expect(regions.map(({ name }) => name)).toEqual(['Region 1', 'Region 2'])
  })

  it('names regions by the first number that is free, and keeps what the user says', () => {
    const store = useLinkedStore()
    const layers = layersOf()
    const now = (): Comparison => store.of('scene-1', layers)
    const shape = { kind: 'polygon' as const, corners: [{ row: 0, col: 0 }, { row: 0, col: 5 }, { row: 5, col: 5 }] }
    store.addRegion('scene-1', now(), shape, [])
    store.addRegion('scene-1', now(), shape, [])
    store.setRegion('scene-1', now(), now().regions[0]?.id ?? 0, { name: 'Lawn', color: '#0072b2' })
    store.addRegion('scene-1', now(), shape, [])
    expect(now().regions.map(({ name }) => name)).toEqual(['Lawn', 'Region 2', 'Region 1'])
    expect(now().regions[0]).toMatchObject({ color: '#0072b2', shape })
  })
})
