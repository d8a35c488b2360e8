// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { NDialogProvider, NMessageProvider, NNotificationProvider, NSelect } from 'naive-ui'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick } from 'vue'
import type { JobView, LayerView, ResultView } from '../../../src/preload/contract'
import ComparePage from '../../../src/renderer/linked/ComparePage.vue'
import { useLinkedStore } from '../../../src/renderer/linked/linked-store'
import type { ChartSeries } from '../../../src/renderer/shared/chart/chart-series'
import { useJobsStore } from '../../../src/renderer/shared/jobs-store'
import type { MapLayer } from '../../../src/renderer/shared/map/map-layer'
import { useDisplayStore } from '../../../src/renderer/viewer/display-store'
import { useProjectStore } from '../../../src/renderer/workspace/project-store'
import { useRemovalsStore } from '../../../src/renderer/workspace/removals-store'
import { sceneFacts } from '../../ipc/facts'
import { FakeBridge } from '../fake-bridge'
import { FakePixels } from '../fake-pixels'
import { projectView, resultView, sceneView } from '../sample-project'

const written = resultView({ derived: false, id: 'result-1', name: 'ridge-2x', sceneId: 'scene-1', state: 'done', rows: 100, cols: 100, paths: ['/p/r.tif'], missing: false })
const layer: LayerView = {
  id: 'layer-1', name: 'NDVI of ridge', sceneId: 'scene-1', resultId: null, analysis: { kind: 'formula', formula: 'b1' }, createdUtc: '2026-11-24T13:00:00.000Z', file: 'results/ndvi.tif',
  rows: 50, cols: 50, bandNames: ['b1'], origin: { row: 0, col: 0 }, pixelSize: 1, path: '/p/ndvi.tif', missing: false,
}
const crs = { name: 'UTM', epsg: 32633, kind: 'projected' as const, proj4: '+proj=utm +zone=33 +datum=WGS84 +units=m +no_defs' }
const facts = { ...sceneFacts, transform: { a: 30, b: 0, c: 366_000, d: 0, e: -30, f: 5_806_000 }, pixelSize: { x: 30, y: 30, unit: 'm' }, crs }

let bridge: FakeBridge
let pixels: FakePixels
let mounted: VueWrapper | null = null

beforeEach(() => {
  setActivePinia(createPinia())
  bridge = FakeBridge.install()
    .answer('analysis.checkFormula', ({ formula }) => (formula.includes('?') ? { meaning: null, problem: 'It is odd.' } : { meaning: 'b4 ÷ b2', problem: null }))
    .answer('analysis.start', () => ({ layerId: 'layer-1', jobId: 'job-1' }))
  pixels = new FakePixels({
    picture: ({ rows, cols, bands }) => ({ rows, cols, data: new Float32Array(rows * cols * bands.length) }),
    spectrum: ({ layer: name, row }) => ({ values: name.startsWith('analysis') ? Float32Array.of(0.5) : Float32Array.of(row, 20, 30, 40) }),
    statistics: ({ bands }) => bands.map((band) => ({ band, min: 0, max: 100, mean: 50, standardDeviation: 10, percentiles: Float32Array.from({ length: 101 }, (_, i) => i), histogram: new Uint32Array(256), validShare: 1 })),
    region: () => ({ mean: Float32Array.of(1, 2, 3, 4), deviation: Float32Array.of(1, 1, 1, 1), pixels: 64 }),
  })
})
afterEach(() => {
  mounted?.unmount()
  document.body.innerHTML = ''
})

async function open(layers: LayerView[] = [], fingerprint = facts.fingerprint, change: Partial<ResultView> = {}): Promise<VueWrapper> {
  useProjectStore().project = projectView({ scenes: [sceneView({ facts: { ...facts, fingerprint } })], results: [{ ...written, ...change }], layers })
  mounted = mount({ render: () => h(NMessageProvider, () => h(NNotificationProvider, () => h(NDialogProvider, () => h(ComparePage, { sceneId: 'scene-1' })))) }, { attachTo: document.body })
  await flushPromises()
  return mounted
}
const button = (page: VueWrapper, name: string) => page.findAll('button').find((one) => one.text() === name || one.attributes('aria-label') === name)
/** What is used of a component whose type a test in TypeScript does not see. */
interface MapOnPage {
  props: (name: string) => unknown
  vm: { $emit: (event: string, value: unknown) => void }
}
const maps = (page: VueWrapper): MapOnPage[] => page.findAllComponents({ name: 'RasterMap' })
const layersOn = (map: MapOnPage | undefined): MapLayer[] => map?.props('layers') as MapLayer[]
const curves = (page: VueWrapper): string[] => {
  const chart = page.getComponent({ name: 'LineChart' }) as unknown as { props: (name: string) => unknown }
  return (chart.props('series') as ChartSeries[]).map(({ label }) => label)
}
async function tab(page: VueWrapper, name: string): Promise<void> {
  await page.findAll('[role=tab]').find((one) => one.text() === name)?.trigger('click')
  await flushPromises()
}
async function arrange(page: VueWrapper, value: string): Promise<void> {
  await page.get(`input[type=radio][value=${value}]`).setValue(true)
  await flushPromises()
}

describe('compare page', () => {
  it('shows scene and result on one ground with one view and one cursor', async () => {
    const page = await open()
    expect(maps(page).map((map) => layersOn(map).map(({ name, pixelSize, bands }) => [name, pixelSize, bands]))).toEqual([[['scene:scene-1', 1, [2, 1, 0]]], [['result:result-1', 0.5, [2, 1, 0]]]])
    maps(page)[0]?.vm.$emit('update:cursor', { row: 9, col: 19 })
    maps(page)[1]?.vm.$emit('update:view', { row: 5, col: 6, zoom: 3 })
    await flushPromises()
    expect(maps(page).map((map) => [map.props('cursor'), map.props('view')])).toEqual([0, 1].map(() => [{ row: 9, col: 19 }, { row: 5, col: 6, zoom: 3 }]))
    expect(pixels.payloads('spectrum')).toEqual([{ layer: 'scene:scene-1', row: 9, col: 19 }, { layer: 'result:result-1', row: 19, col: 39 }])
    const status = page.get('.status').text()
    for (const part of ['EPSG:32633', '52.38', 'Row']) expect(status).toContain(part)
    expect(curves(page)).toEqual(['jasper-ridge', 'ridge-2x'])
  })

  it('uses the limits of the scene for all, or of each by itself', async () => {
    // a file of its own: what is known of the others is kept
    const page = await open([], 'f2')
    expect(new Set(pixels.payloads('statistics').map((asked) => asked.layer))).toEqual(new Set(['scene:scene-1']))
    await page.get('[role=switch]').trigger('click')
    await flushPromises()
    expect(new Set(pixels.payloads('statistics').map((asked) => asked.layer))).toEqual(new Set(['scene:scene-1', 'result:result-1']))
  })

  it('adds and closes views, and lets two swipe or flicker', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      const page = await open()
      await button(page, 'Add a view')?.trigger('click')
      expect(maps(page)).toHaveLength(3)
      await button(page, 'Close this view')?.trigger('click')
      expect(maps(page).map((map) => map.props('label'))).toEqual(['ridge-2x', 'jasper-ridge'])
      await arrange(page, 'swipe')
      expect(page.find('.divider').exists()).toBe(true)
      await arrange(page, 'flicker')
      const onTop = (): boolean[] => page.findAll('.layer').map((one) => !one.classes('hidden'))
      expect(onTop()).toEqual([true, false])
      vi.advanceTimersByTime(700)
      await nextTick()
      expect(onTop()).toEqual([false, true])
      window.dispatchEvent(new KeyboardEvent('keydown', { key: 'f' }))
      await nextTick()
      vi.advanceTimersByTime(5000)
      await nextTick()
      expect(onTop()).toEqual([true, false])
    } finally {
      vi.useRealTimers()
    }
  })

  it('keeps places and regions with the spectra of both', async () => {
    const page = await open()
    maps(page)[1]?.vm.$emit('pick', { row: 3, col: 4 })
    await flushPromises()
    expect(useDisplayStore().pinsOf('scene-1')).toHaveLength(1)
    await button(page, 'Rectangle')?.trigger('click')
    await flushPromises()
    expect(pixels.payloads('region').map(({ layer: name, window }) => [name, window.rows])).toEqual([['scene:scene-1', 8], ['result:result-1', 16]])
    expect(curves(page)).toEqual(['Region 1, jasper-ridge', 'Region 1, jasper-ridge − σ', 'Region 1, jasper-ridge + σ', 'Region 1, ridge-2x', 'Region 1, ridge-2x − σ', 'Region 1, ridge-2x + σ', '4 / 5, jasper-ridge', '4 / 5, ridge-2x'])
    expect(page.text()).toContain('64\u2009px · 5.76\u2009ha')
    await button(page, 'Remove Region 1')?.trigger('click')
    await flushPromises()
    expect(curves(page)).toHaveLength(2)
  })

  it('draws polygons by clicks and keys, renames and colours them', async () => {
    const page = await open()
    const press = async (key: string): Promise<void> => {
      window.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      await flushPromises()
    }
    const corner = (row: number, col: number): void => { maps(page)[1]?.vm.$emit('corner', { row, col }) }
    await button(page, 'Polygon')?.trigger('click')
    expect(maps(page).map((map) => map.props('drawing'))).toEqual([true, true])
    corner(1, 2)
    corner(1, 8)
    await press('Enter')
    expect([maps(page)[0]?.props('drawing'), pixels.payloads('region')]).toEqual([true, []])
    corner(40, 40)
    await press('Backspace')
    // beyond the scene's edge
    corner(9, -3)
    await press('Enter')
    expect(maps(page)[0]?.props('drawing')).toBe(false)
    expect(pixels.payloads('region').map(({ layer: name, window, corners }) => [name, window, corners?.[2]])).toEqual([
      ['scene:scene-1', { row: 1, col: 0, rows: 8, cols: 8 }, { row: 9, col: 0 }], ['result:result-1', { row: 2, col: 0, rows: 16, cols: 16 }, { row: 18, col: 0 }],
    ])
    await press('p')
    corner(1, 1)
    await press('Escape')
    expect([maps(page)[0]?.props('drawing'), pixels.payloads('region').length]).toEqual([false, 2])

    await button(page, 'Rename Region 1')?.trigger('click')
    await page.get('input[aria-label="New name of Region 1"]').setValue(' Lawn ')
    await page.get('input[aria-label="New name of Region 1"]').trigger('keydown', { key: 'Enter' })
    expect(curves(page)[0]).toBe('Lawn, jasper-ridge')
    await button(page, 'Colour of Lawn')?.trigger('click')
    await flushPromises()
    document.body.querySelector<HTMLElement>('[aria-label="Colour 6"]')?.click()
    await flushPromises()
    expect(useLinkedStore().comparisons['scene-1']?.regions).toMatchObject([{ name: 'Lawn', color: '#0072b2' }])
  })

  it('shows the difference about zero by itself, and shared single bands in the chosen colours', async () => {
    const page = await open([], facts.fingerprint, { derived: true })
    const store = useLinkedStore()
    store.begin('scene-1', ['scene:scene-1', 'bicubic:result-1', 'difference:result-1'])
    await flushPromises()
    expect(maps(page).map((map) => layersOn(map).map(({ name, bands, stretch }) => [name, bands, stretch.limits[0], stretch.ramp?.length]))).toEqual([
      [['scene:scene-1', [2, 1, 0], { low: 2, high: 98 }, undefined]], [['bicubic:result-1', [2, 1, 0], { low: 2, high: 98 }, undefined]], [['difference:result-1', [2], { low: -98, high: 98 }, 1024]],
    ])
    window.dispatchEvent(new KeyboardEvent('keydown', { key: '.' }))
    await flushPromises()
    expect(maps(page).map((map) => layersOn(map)[0]?.bands)).toEqual([[3], [3], [3]])
    await tab(page, 'Display')
    page.findAllComponents(NSelect).find((one) => one.props('value') === 'grey')?.vm.$emit('update:value', 'magma')
    await flushPromises()
    expect(maps(page).map((map) => layersOn(map)[0]?.stretch.ramp?.[0])).toEqual([0, 0, 59])
    expect(page.findAll('.legend').map((one) => one.text())).toEqual(['298stored', '298stored', '−9898stored'])
  })

  it('computes a layer and shows it with its legend and numbers once it is there', async () => {
    const page = await open()
    await tab(page, 'Layers')
    expect(page.text()).toContain('Click a map to keep a place first.')
    page.findAllComponents(NSelect).find((one) => one.props('value') === 'spectral-angle')?.vm.$emit('update:value', 'formula')
    await flushPromises()
    expect(page.text()).toContain('= b4 ÷ b2')
    await button(page, 'NDWI')?.trigger('click')
    await page.get('form').trigger('submit')
    expect(bridge.payloads('analysis.start')).toEqual([])
    await vi.waitFor(() => { expect(bridge.payloads('analysis.checkFormula')).toHaveLength(2) })
    await flushPromises()
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(bridge.payloads('analysis.start')).toEqual([{ sceneId: 'scene-1', resultId: 'result-1', analysis: { kind: 'formula', formula: '(560nm - 860nm) / (560nm + 860nm)', label: 'NDWI' } }])
    const job: JobView = { id: 'job-1', kind: 'analyse', title: 'NDWI: ridge', subject: 'scene-1', state: 'running', startedUtc: null, progress: null, error: null }
    useJobsStore().jobs = [job]
    await flushPromises()
    expect(page.text()).toContain('NDWI: ridge')
    await button(page, 'Cancel')?.trigger('click')
    expect(bridge.payloads('job.cancel')).toEqual([{ jobId: 'job-1' }])
    useProjectStore().project = projectView({ scenes: [sceneView({ facts })], results: [written], layers: [layer] })
    await flushPromises()
    expect(maps(page)).toHaveLength(3)
    expect(layersOn(maps(page)[2])[0]).toMatchObject({ name: 'analysis:layer-1', bands: [0], stretch: { limits: [{ low: 2, high: 98 }] } })
    expect(layersOn(maps(page)[2])[0]?.stretch.ramp).toHaveLength(1024)
    expect(page.text()).toContain('median 50')
    await button(page, 'Remove NDVI of ridge')?.trigger('click')
    await button(page, 'Export as GeoTIFF')?.trigger('click')
    await flushPromises()
    // taken back like any other removal, and only once
    await useRemovalsStore().undo()
    expect(bridge.payloads('project.undo')).toHaveLength(1)
    expect(document.body.textContent).not.toContain('Removed')
    expect([bridge.payloads('analysis.remove'), bridge.payloads('analysis.export')]).toEqual([[{ layerId: 'layer-1' }], [{ layerId: 'layer-1' }]])
  })

  it('tells what is wrong with a formula and starts nothing', async () => {
    const page = await open([layer])
    await tab(page, 'Layers')
    page.findAllComponents(NSelect).find((one) => one.props('value') === 'spectral-angle')?.vm.$emit('update:value', 'formula')
    await flushPromises()
    await page.get('textarea').setValue('b1 ?')
    await vi.waitFor(() => { expect(page.text()).toContain('It is odd.') })
    await page.get('form').trigger('submit')
    expect(bridge.payloads('analysis.start')).toEqual([])
  })

  it('says so when the scene is gone', async () => {
    useProjectStore().project = projectView({ scenes: [] })
    mounted = mount(ComparePage, { props: { sceneId: 'scene-1' } })
    await flushPromises()
    expect(mounted.text()).toContain('no longer in the project')
  })
})
