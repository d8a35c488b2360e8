// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { NNotificationProvider } from 'naive-ui'
import { describe, expect, it } from 'vitest'
import { h, ref } from 'vue'
import type { BandStatistics } from '../../../src/preload/pixel-contract'
import { sampleRanges } from '../../../src/renderer/shared/map/sample-limits'
import { limitsOf, type StretchMode } from '../../../src/renderer/shared/map/stretch'
import { useLayerStretch } from '../../../src/renderer/shared/map/use-layer-stretch'
import { FakeBridge } from '../fake-bridge'
import { FakePixels } from '../fake-pixels'

const statistics = (band: number): BandStatistics => ({
  band, min: 0, max: 1000, mean: 500, standardDeviation: 1, percentiles: Float32Array.from({ length: 101 }, (_, i) => 10 * i), histogram: new Uint32Array(256), validShare: 1,
})

/** A component that uses the stretch of a layer of 10 x 10 pixels. */
function use(layer: string, part: { bands?: number[]; mode?: StretchMode } = {}) {
  const bands = ref(part.bands ?? [0])
  const mode = ref<StretchMode>(part.mode ?? { kind: 'percentile', percent: 0 })
  let used: ReturnType<typeof useLayerStretch> | null = null
  const inner = { setup: () => { used = useLayerStretch(() => ({ layer, rows: 10, cols: 10, bands: bands.value, edition: '' }), () => ({ mode: mode.value, gamma: 1 })); return () => null } }
  FakeBridge.install()
  mount({ render: () => h(NNotificationProvider, () => h(inner)) })
  return { bands, mode, stretch: used as unknown as ReturnType<typeof useLayerStretch> }
}

describe('stretch of a layer', () => {
  it('comes from the small picture first, then from the statistics', async () => {
    const pixels = new FakePixels({ picture: ({ rows, cols }) => ({ rows, cols, data: Float32Array.from({ length: rows * cols }, (_, i) => 5 * i) }) })
    const { stretch } = use('scene:first')
    await expect.poll(() => stretch.stretch.value?.limits).toEqual([{ low: 0, high: 495 }])
    expect(stretch.statistics.value).toBeNull()
    pixels.answer({ statistics: ({ bands }) => bands.map(statistics) })
    stretch.retry()
    await expect.poll(() => stretch.stretch.value?.limits).toEqual([{ low: 0, high: 1000 }])
    expect(pixels.payloads('picture')).toHaveLength(1)
  })

  it('keeps the bands that it is of until those of the new ones are known, and asks for known ones no more', async () => {
    const pixels = new FakePixels({ picture: ({ rows, cols, bands }) => ({ rows, cols, data: new Float32Array(rows * cols * bands.length) }), statistics: ({ bands }) => bands.map(statistics) })
    const { stretch, bands } = use('scene:second', { bands: [0, 1, 2] })
    await expect.poll(() => stretch.statistics.value?.length).toBe(3)
    bands.value = [0, 1, 5]
    await Promise.resolve()
    expect(stretch.shown.value?.bands).toEqual([0, 1, 2])
    await expect.poll(() => stretch.shown.value?.bands).toEqual([0, 1, 5])
    await flushPromises()
    expect(pixels.payloads('statistics').map(({ bands: asked }) => asked)).toEqual([[0, 1, 2], [5]])
  })

  it('says that it can not be had', async () => {
    new FakePixels()
    const { stretch } = use('scene:third')
    await expect.poll(() => stretch.state.value).toBe('failed')
    expect(document.body.textContent).toContain('The disk does not answer.')
    expect(stretch.stretch.value).toBeNull()
  })
})

describe('ranges of a small picture', () => {
  it('leave out missing values, band by band', () => {
    const [first, second] = sampleRanges({ rows: 1, cols: 3, data: Float32Array.of(1, NaN, 3, NaN, 2, NaN) }, 2)
    expect([first?.min, first?.max, first?.percentiles[50]]).toEqual([1, 3, 2])
    expect(second?.min).toBeNaN()
  })
})

describe('limits by hand', () => {
  it('hold for their band, the usual ones for the others', () => {
    expect(limitsOf([statistics(0), statistics(1)], { kind: 'custom', limits: [{ low: 7, high: 9 }, null] })).toEqual([{ low: 7, high: 9 }, { low: 20, high: 980 }])
  })
})
