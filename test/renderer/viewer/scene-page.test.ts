// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { NDialogProvider, NMessageProvider, NNotificationProvider } from 'naive-ui'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { h } from 'vue'
import type { SceneView } from '../../../src/preload/contract'
import RasterMap from '../../../src/renderer/shared/map/RasterMap.vue'
import ScenePage from '../../../src/renderer/viewer/ScenePage.vue'
import { useDisplayStore, type PanelTab } from '../../../src/renderer/viewer/display-store'
import { useNavigationStore } from '../../../src/renderer/workspace/navigation-store'
import { useProjectStore } from '../../../src/renderer/workspace/project-store'
import { sceneFacts } from '../../ipc/facts'
import { FakeBridge } from '../fake-bridge'
import { FakePixels } from '../fake-pixels'
import { projectView, sceneView } from '../sample-project'

let bridge: FakeBridge
let pixels: FakePixels
let mounted: VueWrapper | null = null

beforeEach(() => {
  setActivePinia(createPinia())
  bridge = FakeBridge.install().answer('scene.factsAsRead', () => sceneFacts)
  pixels = new FakePixels({
    picture: ({ rows, cols, bands }) => ({ rows, cols, data: new Float32Array(rows * cols * bands.length) }),
    spectrum: ({ row }) => ({ values: Float32Array.of(row, NaN, 30, 40) }),
    statistics: ({ bands }) => bands.map((band) => ({
      band, min: band === 3 ? 7 : 0, max: band === 3 ? 7 : 100, mean: 50, standardDeviation: 10, percentiles: Float32Array.from({ length: 101 }, (_, i) => i), histogram: new Uint32Array(256).fill(1), validShare: 1,
    })),
    'band-shift': () => ({ rows: 0.4, cols: 0, confidence: 0.9, symmetries: [0, 2] }),
  })
})
afterEach(() => {
  mounted?.unmount()
  document.body.innerHTML = ''
})

async function open(tab: PanelTab, change: Partial<SceneView> = {}): Promise<VueWrapper> {
  useProjectStore().project = projectView({ scenes: [sceneView(change)] })
  useDisplayStore().tab = tab
  mounted = mount({ render: () => h(NMessageProvider, () => h(NNotificationProvider, () => h(NDialogProvider, () => h(ScenePage, { sceneId: 'scene-1' })))) }, { attachTo: document.body })
  await flushPromises()
  return mounted
}
const button = (page: VueWrapper, name: string) => page.findAll('button').find((one) => one.text() === name || one.attributes('aria-label') === name)
async function point(page: VueWrapper, place: { row: number; col: number }): Promise<void> {
  page.getComponent(RasterMap).vm.$emit('update:cursor', place)
  await flushPromises()
}

describe('scene page', () => {
  it('leads to fine-tuning and upscaling, and renames', async () => {
    const page = await open('display')
    await button(page, 'Fine-tune…')?.trigger('click')
    expect(useNavigationStore().page).toEqual({ kind: 'fine-tune', sceneIds: ['scene-1'] })
    await button(page, 'Upscale & export…')?.trigger('click')
    expect(useNavigationStore().page).toEqual({ kind: 'upscale', sceneIds: ['scene-1'] })
    await button(page, 'Rename the scene')?.trigger('click')
    const field = page.get<HTMLInputElement>('input[aria-label="Name of the scene"]')
    await field.setValue(' ridge ')
    await field.trigger('keydown', { key: 'Enter' })
    expect(bridge.payloads('scene.rename')).toEqual([{ sceneId: 'scene-1', name: 'ridge' }])
  })

  it('offers a new place for a file that is missing, and no picture', async () => {
    const page = await open('display', { state: 'missing', facts: null })
    expect(page.text()).toContain('The file of this scene can’t be found')
    expect(page.findComponent(RasterMap).exists()).toBe(false)
    await button(page, 'Choose its new place…')?.trigger('click')
    expect(bridge.payloads('scene.relink')).toEqual([{ sceneId: 'scene-1', anyway: false }])
  })

  it('says what is under the cursor, counted from 1', async () => {
    const page = await open('display')
    await point(page, { row: 9, col: 19 })
    const line = page.get('.status').text().replaceAll(/\s+/g, ' ')
    expect(line).toContain('Row 10 Col 20')
    expect(page.findAll('.status .value').map((value) => value.text())).toEqual(['30', 'no data', '9'])
  })

  it('says scaled values beside stored ones, and where that is on earth', async () => {
    const page = await open('display', { facts: {
      ...sceneFacts, gain: [0.01, 0.01, 0.01, 0.01], offset: [1, 1, 1, 1], pixelSize: { x: 30, y: 30, unit: 'm' }, transform: { a: 30, b: 0, c: 366_000, d: 0, e: -30, f: 5_806_000 },
      crs: { name: 'WGS 84 / UTM zone 33N', epsg: 32633, kind: 'projected', proj4: '+proj=utm +zone=33 +datum=WGS84 +units=m +no_defs' },
    } })
    await point(page, { row: 9, col: 19 })
    expect(page.findAll('.status .value').map((value) => value.text())).toEqual(['30= 1.3', 'no data', '9= 1.09'])
    expect(page.get('.status').text()).toMatch(/WGS 84 52\.3\d{4}°\u2009N, 13\.0\d{4}°\u2009E/)
    expect(page.get('.bar').text()).toMatch(/\u2009(m|km)$/)
  })

  it('changes bands and limits', async () => {
    const page = await open('display')
    await page.findAll('input[type=radio]').find((radio) => radio.attributes('value') === 'single')?.setValue(true)
    await flushPromises()
    expect(useDisplayStore().displays['scene-1']?.bands).toEqual([2])
    await page.get('[role=slider][aria-label="Lower limit of Grey"]').trigger('keydown', { key: 'ArrowRight' })
    const [layer] = page.getComponent(RasterMap).props('layers') as { bands: number[]; stretch: { limits: { low: number }[] } }[]
    expect(layer?.bands).toEqual([2])
    expect(layer?.stretch.limits[0]?.low).toBeGreaterThan(2)
    expect(useDisplayStore().displays['scene-1']?.mode.kind).toBe('custom')
  })

  it('keeps spectra of clicked places and lets them go', async () => {
    const page = await open('spectrum')
    page.getComponent(RasterMap).vm.$emit('pick', { row: 4, col: 5 })
    page.getComponent(RasterMap).vm.$emit('pick', { row: 7, col: 5 })
    await flushPromises()
    expect(page.findAll('.spectra li .place').map((place) => place.text())).toEqual(['row 5, column 6', 'row 8, column 6'])
    expect(pixels.payloads('spectrum')).toHaveLength(2)
    await button(page, 'Remove the spectrum at row 5, column 6')?.trigger('click')
    expect(useDisplayStore().pinsOf('scene-1').map(({ row }) => row)).toEqual([7])
  })

  it('searches and copies facts', async () => {
    const page = await open('facts')
    await page.get('input[aria-label="Search facts and metadata"]').setValue('wavelen')
    expect(page.findAll('.facts dt').map((name) => name.text())).toEqual(['Wavelengths'])
    await button(page, 'Copy all')?.trigger('click')
    expect(bridge.payloads('app.copyText')).toEqual([{ text: 'Wavelengths\t450–750\u2009nm' }])
  })

  it('marks bands by the keyboard, finds constant ones, and refuses to mark all', async () => {
    const page = await open('bands')
    const strip = page.get('[role=listbox]')
    await strip.trigger('keydown', { key: ' ' })
    await flushPromises()
    expect(bridge.payloads('scene.repair')).toEqual([{ sceneId: 'scene-1', repairs: { badBands: [true, false, true, false] } }])
    await button(page, 'Look for unusable bands')?.trigger('click')
    await flushPromises()
    expect(page.text()).toContain('The same value everywhere: 4')
    await button(page, 'Mark as bad')?.trigger('click')
    await flushPromises()
    expect(bridge.payloads('scene.repair').at(-1)?.repairs.badBands).toEqual([false, false, true, true])
    mounted?.unmount()
    const narrow = await open('bands', { facts: { ...sceneFacts, badBands: [false, true, true, true] } })
    await narrow.get('[role=listbox]').trigger('keydown', { key: ' ' })
    expect(narrow.get('[role=alert]').text()).toBe('At least one band must be good.')
    expect(bridge.payloads('scene.repair')).toHaveLength(2)
  })

  it('says what the shift between bands means', async () => {
    const page = await open('sensor')
    expect(page.text()).toContain('2 of 8 orientations are used.')
    expect(page.text()).toContain('0.40\u2009px')
  })

  it('moves between tabs by arrows', async () => {
    const page = await open('display')
    await page.get('[role=tablist]').trigger('keydown', { key: 'ArrowLeft' })
    expect(useDisplayStore().tab).toBe('sensor')
    await flushPromises()
    expect(document.activeElement?.textContent.trim()).toBe('Sensor')
  })
})
