// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import type { UpscaleForecast } from '../../../src/preload/contract'
import ForecastLedger from '../../../src/renderer/export/ForecastLedger.vue'
import { text } from '../../../src/renderer/text'

const forecast: UpscaleForecast = {
  sceneId: 's', rows: 100, cols: 100, bands: 4, scale: 2, pixelSize: null, sizeBytes: 1e9, expectedBytes: 6e8, leastBytes: 3e8, freeDiskBytes: 2e9, memoryBytes: 1e9, freeMemoryBytes: 8e9,
  seconds: 60, dropped: [], warnings: [], refusal: null,
}
const open = (part: Partial<UpscaleForecast>) => mount(ForecastLedger, { props: { forecasts: [{ ...forecast, ...part }], names: { s: 'fields' } } }).text()

it('says how large the file usually gets, and whether the disk has room for it', () => {
  const { tight, doubtful } = text.exporting
  expect(open({})).toContain('usually about 600\u2009MB, 1.0\u2009GB before compression')
  expect(open({})).not.toContain(doubtful)
  expect(open({ freeDiskBytes: 5e8 })).toContain(doubtful)
  expect(open({ freeDiskBytes: 2e8 })).toContain(tight)
  expect(open({ expectedBytes: 1e9, leastBytes: 1e9 })).not.toContain('before compression')
})
