// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { NInputNumber, NSelect } from 'naive-ui'
import { defaultPlan } from '../../../src/renderer/training/default-plan'
import PlanForm from '../../../src/renderer/training/PlanForm.vue'
import type { ModelView } from '../../../src/preload/contract'
import { modelView } from '../sample-project'
import type { TrainingPlan } from '../../../src/renderer/training/types'
import { text } from '../../../src/renderer/text'

const open = (plan: TrainingPlan, models: ModelView[] = []) => mount(PlanForm, { props: { modelValue: plan, models, devices: [] } })
const changes = (form: ReturnType<typeof open>): unknown => form.emitted('update:modelValue')?.map(([plan]) => plan)
const { training: words } = text

it('limits by time or by steps, each with its own number; an emptied number changes nothing', () => {
  const plan = defaultPlan('float32', null)
  const byTime = open(plan)
  const field = (form: ReturnType<typeof open>, label: string) => form.findAllComponents(NInputNumber).find((one) => one.attributes('aria-label') === label)
  field(byTime, words.budget)?.vm.$emit('update:value', 7)
  field(byTime, words.budget)?.vm.$emit('update:value', null)
  expect(changes(byTime)).toEqual([{ ...plan, minutes: 7 }])
  byTime.findAllComponents(NSelect).find((one) => one.attributes('aria-label') === words.limitBy)?.vm.$emit('update:value', 'steps')
  expect(changes(byTime)).toHaveLength(2)

  const bySteps = open({ ...plan, steps: 400 })
  expect(field(bySteps, words.budget)).toBeUndefined()
  field(bySteps, words.steps)?.vm.$emit('update:value', 90)
  expect(changes(bySteps)).toEqual([{ ...plan, steps: 90 }])
})

it('a wider blur starts at half the scale; block mean needs no number', () => {
  const plan = { ...defaultPlan('float32', null), scale: 4 as const }
  const form = open(plan)
  expect(form.findAllComponents(NInputNumber).map((one) => one.attributes('aria-label'))).not.toContain(words.sigma)
  form.findAllComponents(NSelect).find((one) => one.attributes('aria-label') === words.kernel)?.vm.$emit('update:value', 'gaussian')
  expect(changes(form)).toEqual([{ ...plan, gaussianSigma: 2 }])
})

it('goes on with the sensor blur that the model to start from has learnt', () => {
  const { card } = modelView()
  if (card === null) throw new Error('no card')
  const blurred = modelView({ id: 'model-blur', card: { ...card, gaussianSigma: 0.9 } })
  const plan = defaultPlan('float32', null)
  const form = open(plan, [modelView(), blurred])
  const base = form.findAllComponents(NSelect).find((one) => one.props('options')?.some(({ value }) => value === 'model-blur'))
  for (const id of ['model-blur', 'model-1', '']) base?.vm.$emit('update:value', id)
  expect(changes(form)).toEqual([{ ...plan, baseModelId: 'model-blur', gaussianSigma: 0.9 }, { ...plan, baseModelId: 'model-1' }, plan])
  expect(defaultPlan('float32', { id: 'model-blur', card: { ...card, scale: 4, gaussianSigma: 2 } })).toEqual({ ...plan, baseModelId: 'model-blur', scale: 4, gaussianSigma: 2 })
})
