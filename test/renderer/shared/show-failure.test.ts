// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { NNotificationProvider } from 'naive-ui'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { defineComponent, h } from 'vue'
import { request } from '../../../src/renderer/shared/client'
import { useFailure } from '../../../src/renderer/shared/show-failure'
import { text } from '../../../src/renderer/text'
import { FakeBridge } from '../fake-bridge'

let bridge: FakeBridge
let wrapper: VueWrapper
let failures: ReturnType<typeof useFailure>

beforeEach(() => {
  bridge = FakeBridge.install()
  const user = defineComponent(() => {
    failures = useFailure()
    return () => h('div')
  })
  wrapper = mount(() => h(NNotificationProvider, () => h(user)), { attachTo: document.body })
})
afterEach(() => { wrapper.unmount() })
const notifications = (): string[] => [...document.querySelectorAll('.n-notification')].map(({ textContent }) => textContent)

it('gives the value of what went well', async () => {
  expect(await failures.attempt(() => request('job.list', null))).toEqual([])
  expect(notifications()).toEqual([])
})

it('shows what is wrong, in which file, and what to do, and copies it all', async () => {
  bridge.refuse('job.list', { tag: 'malformed', message: 'The header is torn.', file: '/data/a.hdr', remedy: 'Copy it again.' })
  expect(await failures.attempt(() => request('job.list', null))).toBeUndefined()
  await flushPromises()
  expect(notifications()).toHaveLength(1)
  for (const part of ['The header is torn.', '/data/a.hdr', 'Copy it again.']) expect(notifications()[0]).toContain(part)
  ;[...document.querySelectorAll('button')].find(({ textContent }) => textContent === text.general.copyDetails)?.click()
  expect(bridge.payloads('app.copyText')[0]?.text).toContain('/data/a.hdr\nCopy it again.')
  await failures.attempt(() => request('job.list', null))
  await flushPromises()
  expect(notifications()).toHaveLength(1)
})

it('says nothing of what the user cancelled', async () => {
  bridge.refuse('job.list', { tag: 'cancelled', message: 'Cancelled.' })
  await failures.attempt(() => request('job.list', null))
  await flushPromises()
  expect(notifications()).toEqual([])
})
