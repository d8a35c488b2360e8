// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { NNotificationProvider } from 'naive-ui'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import ImportDialog from '../../../src/renderer/import/ImportDialog.vue'
import { useNavigationStore } from '../../../src/renderer/workspace/navigation-store'
import { FakeBridge } from '../fake-bridge'
import { brokenCandidate, sampleCandidate, sampleFacts } from './sample-facts'

let bridge: FakeBridge
let mounted: VueWrapper | null = null
const closed = vi.fn()

beforeEach(() => {
  setActivePinia(createPinia())
  bridge = FakeBridge.install()
  bridge.answer('import.accept', ({ handle }) => ({ sceneId: `scene-${handle}` }))
  closed.mockReset()
})
afterEach(() => {
  mounted?.unmount()
  document.body.innerHTML = ''
})

async function open(paths: string[] | null): Promise<void> {
  mounted = mount(
    { render: () => h(NNotificationProvider, () => h(ImportDialog, { paths, onClose: () => { closed(); mounted?.unmount() } })) },
    { attachTo: document.body, global: { stubs: { SceneThumbnail: true } } },
  )
  await flushPromises()
}
const one = <T extends Element>(selector: string): T => document.querySelector(selector) as T
const press = async (): Promise<void> => { one<HTMLButtonElement>('button[type=submit]').click(); await flushPromises() }
async function type(selector: string, value: string): Promise<void> {
  const field = one<HTMLInputElement>(selector)
  field.value = value
  field.dispatchEvent(new Event('input'))
  await flushPromises()
}

describe('import dialog', () => {
  it('one scene: its page is opened', async () => {
    bridge.answer('import.inspect', () => [sampleCandidate('a'), brokenCandidate('b')])
    await open(['/data/a.hdr', '/data/b.hdr'])
    expect(one('.rows').textContent).toContain('450–2450\u2009nm')
    expect(one('[role=alert]').textContent).toContain('The samples are complex numbers.Save one part as real numbers.')
    expect(one('footer').textContent).toContain('One file can’t be imported')
    await type('.name input', 'Berlin')
    await press()
    expect(bridge.payloads('import.accept')).toEqual([{ handle: 'a', name: 'Berlin', repairs: {} }])
    expect(bridge.payloads('import.dismiss')).toEqual([{ handle: 'b' }])
    expect(closed).toHaveBeenCalledOnce()
    expect(useNavigationStore().page).toEqual({ kind: 'scene', sceneId: 'scene-a' })
  })

  it('several scenes: their overview', async () => {
    useNavigationStore().go({ kind: 'about' })
    bridge.answer('import.inspect', () => [sampleCandidate('a'), sampleCandidate('b')])
    await open(['/data/a.hdr', '/data/b.hdr'])
    expect(one('button[type=submit]').textContent).toContain('Import 2 scenes')
    await press()
    expect(useNavigationStore().page).toEqual({ kind: 'overview' })
  })

  it('Enter accepts from anywhere but a control', async () => {
    bridge.answer('import.inspect', () => [sampleCandidate('a')])
    await open(['/data/a.hdr'])
    const enter = async (selector: string): Promise<void> => {
      one(selector).dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
      await flushPromises()
    }
    await enter('.n-checkbox')
    expect(closed).not.toHaveBeenCalled()
    await enter('body')
    expect(closed).toHaveBeenCalledOnce()
  })

  it('duplicates are told and left out', async () => {
    bridge.answer('import.inspect', () => [sampleCandidate('a', { duplicateOf: 'Berlin' })])
    await open(['/data/a.hdr'])
    expect(one('.notices').textContent).toContain('Already in the project as “Berlin”')
    expect(one<HTMLButtonElement>('button[type=submit]').disabled).toBe(true)
    one<HTMLElement>('.n-checkbox').click()
    await flushPromises()
    expect(one<HTMLButtonElement>('button[type=submit]').disabled).toBe(false)
  })

  it('corrections: shown when the file is doubtful, seen before they are accepted', async () => {
    const notices = [{ code: 'wavelength-units-guessed', message: 'The wavelengths come with no unit.' }]
    bridge.answer('import.inspect', () => [sampleCandidate('a', { facts: sampleFacts({ notices }) })])
    bridge.answer('import.repair', ({ repairs }) => sampleCandidate('a', { facts: sampleFacts({ notices, badBands: repairs.badBands ?? [] }) }))
    await open(['/data/a.hdr'])
    await type('.bands input', '1-9')
    expect(one('.bands + .problem').textContent).toContain('outside of 1 to 4')
    expect(one<HTMLButtonElement>('button[type=submit]').disabled).toBe(true)
    await type('.bands input', '1-2')
    one('.bands input').dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    await flushPromises()
    expect(bridge.payloads('import.repair')).toEqual([{ handle: 'a', repairs: { badBands: [true, true, false, false] } }])
    expect(one('.facts').textContent).toContain('2 bad (1-2)')
    expect(closed).not.toHaveBeenCalled()
  })

  it('closes when no file was chosen', async () => {
    bridge.answer('import.choose', () => null)
    await open(null)
    expect(closed).toHaveBeenCalledOnce()
    expect(document.querySelector('[role=alert]')).toBeNull()
  })

  it('closes with a message when the files can not be looked at', async () => {
    bridge.refuse('import.inspect', { tag: 'crashed', message: 'The scene process ended.' })
    await open(['/data/a.hdr'])
    expect(closed).toHaveBeenCalledOnce()
  })
})
