// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { NDialogProvider, NMessageProvider, NNotificationProvider } from 'naive-ui'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { h, type Component } from 'vue'
import type { AppDescription } from '../../../src/preload/contract'
import { useSettingsStore } from '../../../src/renderer/shared/settings-store'
import { text } from '../../../src/renderer/text'
import AboutPage from '../../../src/renderer/workspace/AboutPage.vue'
import SettingsPage from '../../../src/renderer/workspace/SettingsPage.vue'
import { FakeBridge } from '../fake-bridge'

const description: AppDescription = {
  version: '0.1.0', electron: '25.1.1', chromium: '114', node: '18.15.0', tensorflow: '2.21.0 (CPU)', platform: 'linux x64', electronSource: 'for trying out',
  cacheFolder: '/cache', cacheBytes: 2.4e9, logFile: '/logs/main.log',
  licences: [{ name: 'vue', version: '3.5.45', licence: 'MIT' }, { name: 'epsg-index', version: '2.0.0', licence: 'ISC' }],
}

let bridge: FakeBridge
let wrapper: VueWrapper

async function open(page: Component): Promise<VueWrapper> {
  wrapper = mount(() => h(NMessageProvider, () => h(NNotificationProvider, () => h(NDialogProvider, () => h(page)))), { attachTo: document.body })
  await useSettingsStore().load()
  await flushPromises()
  return wrapper
}
const button = (words: string) => wrapper.findAll('button').find((one) => one.text() === words)

beforeEach(() => {
  setActivePinia(createPinia())
  bridge = FakeBridge.install().answer('app.describe', () => description)
  bridge.answer('settings.change', (part) => ({ ...useSettingsStore().current, ...part }))
})
afterEach(() => { wrapper.unmount() })

describe('settings', () => {
  it('names the device, the free memory and the use of working copies', async () => {
    const page = await open(SettingsPage)
    expect(page.text()).toContain(text.workspace.prefs.devices.auto('Test processor (2 cores)'))
    expect(page.text()).toContain('4.0\u2009GB of 8.0\u2009GB are free now')
    expect(page.text()).toContain('2.4\u2009GB used')
  })

  it('keeps a choice at once', async () => {
    await open(SettingsPage)
    await wrapper.findAll<HTMLInputElement>('input[type=radio]').find(({ element }) => element.value === 'dark')?.setValue()
    await flushPromises()
    expect(bridge.payloads('settings.change')).toEqual([{ theme: 'dark' }])
    expect(useSettingsStore().current.theme).toBe('dark')
  })

  it('deletes working copies and looks again what is left', async () => {
    bridge.answer('settings.clearCache', () => ({ freedBytes: 2.4e9 }))
    await open(SettingsPage)
    bridge.answer('app.describe', () => ({ ...description, cacheBytes: 0 }))
    await button(text.workspace.prefs.clear)?.trigger('click')
    await flushPromises()
    expect(document.querySelector('.n-message')?.textContent).toContain('2.4\u2009GB freed')
    expect(button(text.workspace.prefs.clear)?.attributes('disabled')).toBeDefined()
  })

  it('does not offer bfloat16 where the machine lacks it', async () => {
    bridge.answer('app.devices', () => [{ name: 'Old processor', kind: 'cpu', memoryBytes: 8e9, freeBytes: 4e9, bfloat16: false }])
    const page = await open(SettingsPage)
    expect(page.text()).toContain(text.workspace.prefs.noBfloat16)
    expect(page.findAll<HTMLInputElement>('input[type=radio]').find(({ element }) => element.value === 'bfloat16')?.element.disabled).toBe(true)
  })
})

describe('about', () => {
  it('says what runs, copies it, and opens the log', async () => {
    const page = await open(AboutPage)
    expect(page.text()).toContain('25.1.1 (for trying out)')
    await button(text.workspace.aboutPage.copy)?.trigger('click')
    await button(text.workspace.aboutPage.openLog)?.trigger('click')
    expect(bridge.payloads('app.copyText')[0]?.text).toContain('TensorFlow: 2.21.0 (CPU)')
    expect(bridge.payloads('app.openLog')).toHaveLength(1)
  })

  it('finds licences by library or licence', async () => {
    const page = await open(AboutPage)
    await page.get('input').setValue('isc')
    expect(page.findAll('tbody tr').map((row) => row.text())).toEqual(['epsg-index2.0.0ISC'])
    await page.get('input').setValue('nothing like it')
    expect(page.text()).toContain(text.workspace.aboutPage.noLicence)
  })
})
