// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { NCheckbox, NRadioGroup } from 'naive-ui'
import { expect, it } from 'vitest'
import ExportForm from '../../../src/renderer/export/ExportForm.vue'
import type { UpscalePlan } from '../../../src/renderer/export/types'
import { text } from '../../../src/renderer/text'

/** As earlier programs kept it. */
const earlier: UpscalePlan = {
  modelId: 'm', window: null, format: 'geotiff', sampleType: 'source', compression: 'deflate', interleave: null, bands: 'all', consistency: true, precision: 'float32',
}
const plan: UpscalePlan = { ...earlier, quality: 'best', uncertainty: false }
const open = (modelValue: UpscalePlan) => mount(ExportForm, { props: { modelValue, valid: true, sourceType: 'uint16', bandCount: 4 } })
const changes = (form: ReturnType<typeof open>): unknown => form.emitted('update:modelValue')?.map(([changed]) => changed)
const quality = (form: ReturnType<typeof open>) => form.findAllComponents(NRadioGroup).find((one) => one.attributes('aria-label') === text.exporting.quality)
const uncertainty = (form: ReturnType<typeof open>) => form.findAllComponents(NCheckbox).find((one) => one.text() === text.exporting.uncertainty)

it('expected errors need the best quality: one brings the other along, and goes with it', () => {
  const fast = open({ ...plan, quality: 'fast' })
  uncertainty(fast)?.vm.$emit('update:checked', true)
  expect(changes(fast)).toEqual([{ ...plan, quality: 'best', uncertainty: true }])

  const both = open({ ...plan, uncertainty: true })
  uncertainty(both)?.vm.$emit('update:checked', false)
  quality(both)?.vm.$emit('update:value', 'fast')
  expect(changes(both)).toEqual([plan, { ...plan, quality: 'fast', uncertainty: false }])
})

it('a plan of an earlier program is of the best quality, without expected errors', () => {
  const form = open(earlier)
  expect(quality(form)?.props('value')).toBe('best')
  expect(uncertainty(form)?.props('checked')).toBe(false)
})
