// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../../../src/renderer/App.vue'
import { text } from '../../../src/renderer/text'
import { useNavigationStore } from '../../../src/renderer/workspace/navigation-store'
import { useWindowStore } from '../../../src/renderer/workspace/window-store'
import { FakeBridge } from '../fake-bridge'
import { jobView, projectView, resultView, runRecord, sceneView } from '../sample-project'

// pages of other features have tests of their own
const { blank } = vi.hoisted(() => ({ blank: () => ({ default: { render: () => null, inheritAttrs: false } }) }))
vi.mock('../../../src/renderer/viewer/ScenePage.vue', blank)
vi.mock('../../../src/renderer/viewer/SceneThumbnail.vue', blank)
vi.mock('../../../src/renderer/training/RunPage.vue', blank)
vi.mock('../../../src/renderer/training/CompareRunsPage.vue', blank)
vi.mock('../../../src/renderer/training/ModelPage.vue', blank)
vi.mock('../../../src/renderer/training/FineTunePage.vue', blank)
vi.mock('../../../src/renderer/export/UpscalePage.vue', blank)
vi.mock('../../../src/renderer/export/ResultPage.vue', blank)
vi.mock('../../../src/renderer/import/ImportDialog.vue', () => ({ default: { props: ['paths'], template: '<div class="import-dialog">{{ paths }}</div>' } }))

let bridge: FakeBridge
let wrapper: VueWrapper | null = null

async function openWindow(project: ReturnType<typeof projectView> | null): Promise<VueWrapper> {
  bridge.answer('project.current', () => project)
  wrapper = mount(App, { attachTo: document.body })
  await flushPromises()
  return wrapper
}
const line = (window: VueWrapper, id: string) => window.get(`[data-line="${id}"]`)
const inBody = (words: string): HTMLElement | undefined => [...document.querySelectorAll<HTMLElement>('button, .n-message, .n-notification, .n-dropdown-option-body')].find(({ textContent }) => textContent.trim() === words)

beforeEach(() => {
  setActivePinia(createPinia())
  bridge = FakeBridge.install()
})
afterEach(() => {
  wrapper?.unmount()
  document.body.innerHTML = ''
})

describe('notices of the project', () => {
  it('are shown until they are put aside or do not hold any more', async () => {
    const window = await openWindow(projectView({ notices: ['The file was damaged.', 'The project is not saved.'] }))
    const shown = (): string[] => window.findAll('.notices .n-alert').map((alert) => alert.text())
    expect(shown()).toEqual(['The file was damaged.', 'The project is not saved.'])
    await window.get('.notices .n-alert__close').trigger('click')
    bridge.emit('project.changed', projectView({ notices: ['The file was damaged.'] }))
    await flushPromises()
    expect(window.find('.notices').exists()).toBe(false)
  })
})

describe('first screen', () => {
  it('offers the sample first to a newcomer', async () => {
    const window = await openWindow(null)
    expect(window.findAll('.way b').map((way) => way.text())).toEqual([text.workspace.start.sample, text.workspace.start.newProject, text.workspace.start.open])
    await window.get('.way').trigger('click')
    expect(bridge.payloads('project.openSample')).toHaveLength(1)
  })

  it('opens recent projects, and lets missing ones be located or forgotten', async () => {
    const [here, gone] = [{ id: 'p1', name: 'Here', folder: '/here', openedUtc: '2026-11-24T12:00:00.000Z', missing: false }, { id: 'p2', name: 'Gone', folder: '/gone', openedUtc: '2026-11-24T11:00:00.000Z', missing: true }]
    bridge.answer('recent.list', () => [here, gone]).answer('recent.forget', () => [here])
    const window = await openWindow(null)
    await window.get('.project').trigger('click')
    expect(bridge.payloads('project.openRecent')).toEqual([{ id: 'p1' }])
    const row = window.get('li.missing')
    expect(row.get('.project').attributes('disabled')).toBeDefined()
    await row.findAll('button').find((button) => button.text() === text.workspace.start.locate)?.trigger('click')
    expect(bridge.payloads('recent.locate')).toEqual([{ id: 'p2' }])
    await row.get(`[aria-label="${text.workspace.start.forgetOne('Gone')}"]`).trigger('click')
    await flushPromises()
    expect(window.find('li.missing').exists()).toBe(false)
  })

  it('shows what goes wrong, with the remedy', async () => {
    bridge.refuse('project.openSample', { tag: 'io', message: 'The disk is full.', remedy: 'Free some space.' })
    const window = await openWindow(null)
    await window.get('.way').trigger('click')
    await flushPromises()
    expect(document.querySelector('.n-notification')?.textContent).toContain('The disk is full.')
    expect(document.querySelector('.n-notification')?.textContent).toContain('Free some space.')
  })
})

describe('lists', () => {
  it('opens, renames by F2 and removes by Delete with the way back', async () => {
    const window = await openWindow(projectView())
    await line(window, 'scene-1').trigger('click')
    expect(useNavigationStore().page).toEqual({ kind: 'scene', sceneId: 'scene-1' })
    await line(window, 'scene-1').trigger('keydown', { key: 'F2' })
    const input = window.get('.item input')
    await input.setValue('  Jasper 98 ')
    await input.trigger('keydown', { key: 'Enter' })
    await flushPromises()
    expect(bridge.payloads('scene.rename')).toEqual([{ sceneId: 'scene-1', name: 'Jasper 98' }])
    await line(window, 'scene-1').trigger('keydown', { key: 'Delete' })
    await flushPromises()
    expect(bridge.payloads('scene.remove')).toEqual([{ sceneId: 'scene-1' }])
    expect(useNavigationStore().page).toEqual({ kind: 'overview' })
    inBody(text.general.undo)?.click()
    await flushPromises()
    expect(bridge.payloads('project.undo')).toHaveLength(1)
  })

  it('neither renames nor removes what was left or is shipped', async () => {
    const window = await openWindow(projectView())
    await line(window, 'scene-1').trigger('keydown', { key: 'F2' })
    await window.get('.item input').setValue('other')
    await window.get('.item input').trigger('keydown', { key: 'Escape' })
    await line(window, 'studio-2x').trigger('keydown', { key: 'F2' })
    await line(window, 'studio-2x').trigger('keydown', { key: 'Delete' })
    await flushPromises()
    expect(window.find('.item input').exists()).toBe(false)
    expect(bridge.payloads('scene.rename')).toEqual([])
    expect(bridge.payloads('model.remove')).toEqual([])
  })

  it('marks several scenes for one upscaling', async () => {
    const window = await openWindow(projectView({ scenes: [sceneView(), sceneView({ id: 'scene-2', name: 'dlr' }), sceneView({ id: 'scene-3', name: 'enmap' })] }))
    await line(window, 'scene-1').trigger('click')
    await line(window, 'scene-3').trigger('click', { ctrlKey: true })
    const bar = window.get('.bar[role=group]')
    expect(bar.text()).toContain('2 selected')
    await bar.findAll('button').find((button) => button.text() === text.workspace.upscaleShort)?.trigger('click')
    expect(useNavigationStore().page).toEqual({ kind: 'upscale', sceneIds: ['scene-1', 'scene-3'] })
  })

  it('takes back several removals at once, the last ones first', async () => {
    const window = await openWindow(projectView({ undo: 'Remove run-2', scenes: [sceneView(), sceneView({ id: 'scene-2', name: 'dlr' })] }))
    await line(window, 'model-1').trigger('keydown', { key: 'Delete' })
    await flushPromises()
    await line(window, 'scene-1').trigger('click')
    await line(window, 'scene-2').trigger('click', { shiftKey: true })
    await line(window, 'scene-2').trigger('keydown', { key: 'Delete' })
    await flushPromises()
    expect(bridge.payloads('scene.remove')).toHaveLength(2)
    expect(document.querySelector('.n-message:last-child')?.textContent).toContain(text.workspace.removedMany(2))
    bridge.emit('menu.command', 'undo')
    await flushPromises()
    expect(bridge.payloads('project.undo')).toHaveLength(2)
    bridge.emit('menu.command', 'undo')
    await flushPromises()
    expect(bridge.payloads('project.undo')).toHaveLength(3)
  })

  it('stops at what can’t be removed', async () => {
    const window = await openWindow(projectView())
    bridge.refuse('scene.remove', { tag: 'invalid-argument', message: '"jasper-ridge" is in use.', remedy: 'Wait.' })
    await line(window, 'scene-1').trigger('click')
    await line(window, 'scene-1').trigger('keydown', { key: 'Delete' })
    await flushPromises()
    expect(document.querySelector('.n-notification')?.textContent).toContain('is in use')
    expect(document.querySelector('.n-message')).toBeNull()
    expect(useNavigationStore().page.kind).toBe('scene')
  })

  it('moves through the lines with the arrow keys', async () => {
    const window = await openWindow(projectView())
    ;(line(window, '').element as HTMLElement).focus()
    await line(window, '').trigger('keydown', { key: 'ArrowDown' })
    expect(document.activeElement?.getAttribute('data-line')).toBe('scene-1')
    await line(window, 'scene-1').trigger('keydown', { key: 'ArrowUp' })
    expect(document.activeElement?.getAttribute('data-line')).toBe('')
  })
})

describe('jobs', () => {
  it('shows the running job and its buttons', async () => {
    const job = jobView({ progress: { span: 'Fine-tuning', done: 30, total: 100, unit: 'steps', etaSeconds: 70 } })
    bridge.answer('job.list', () => [job, jobView({ id: 'job-2', state: 'queued' })])
    const strip = (await openWindow(projectView({ runs: [runRecord({ id: 'run-2', state: 'running' })] }))).get('footer')
    expect(strip.text()).toContain('Fine-tuning jasper-ridge')
    expect(strip.text()).toContain('30\u2009%')
    expect(strip.text()).toContain('at most 1\u2009min 10\u2009s left')
    expect(strip.text()).toContain('1 waiting')
    for (const label of [text.workspace.pause, text.workspace.stop, text.workspace.cancelJob]) await strip.get(`[aria-label="${label}"]`).trigger('click')
    expect(bridge.asked.map(({ name }) => name).filter((name) => name.startsWith('job.') && name !== 'job.list')).toEqual(['job.pause', 'job.stop', 'job.cancel'])
    expect(document.title).toContain('30\u2009% Fine-tuning')
  })

  it('says when a job has ended or failed', async () => {
    bridge.answer('job.list', () => [jobView(), jobView({ id: 'job-2', kind: 'upscale', title: 'Upscaling dlr', subject: 'result-1', state: 'queued' })])
    await openWindow(projectView())
    bridge.emit('jobs.changed', [jobView({ state: 'done' }), jobView({ id: 'job-2', kind: 'upscale', title: 'Upscaling dlr', subject: 'result-1', state: 'failed', error: { tag: 'crashed', message: 'The job process ended.', remedy: 'Continue it.' } })])
    await flushPromises()
    expect(document.querySelector('.n-message')?.textContent).toContain('Fine-tuning jasper-ridge: done')
    expect(document.querySelector('.n-notification')?.textContent).toContain('The job process ended.')
    inBody(text.general.open)?.click()
    await flushPromises()
    expect(['run', 'result']).toContain(useNavigationStore().page.kind)
  })

  it('leaves a failure to the page that shows it, and takes its notice away when that page is opened', async () => {
    const upscaling = (state: 'running' | 'failed') => jobView({ id: 'job-2', kind: 'upscale', title: 'Upscaling dlr', subject: 'result-1', state })
    bridge.answer('job.list', () => [jobView(), upscaling('running')])
    await openWindow(projectView())
    useNavigationStore().go({ kind: 'run', runId: 'run-2' })
    bridge.emit('jobs.changed', [jobView({ state: 'failed' }), upscaling('failed')])
    await flushPromises()
    const notices = (): (string | null)[] => [...document.querySelectorAll('.n-notification:not(.n-notification-transition-leave-active)')].map(({ textContent }) => textContent)
    expect(notices()).toEqual([expect.stringContaining('Upscaling dlr: failed')])
    useNavigationStore().go({ kind: 'result', resultId: 'result-1' })
    await flushPromises()
    expect(notices()).toEqual([])
  })

  it('offers to continue what was interrupted', async () => {
    const window = await openWindow(projectView({ runs: [runRecord({ state: 'interrupted' })], results: [resultView({ state: 'interrupted' })] }))
    expect(window.text()).toContain(text.workspace.interrupted.title(2))
    await window.findAll('button').find((button) => button.text() === text.workspace.interrupted.continueAll)?.trigger('click')
    await flushPromises()
    expect(bridge.payloads('training.continue')).toEqual([{ runId: 'run-1' }])
    expect(bridge.payloads('upscale.continue')).toEqual([{ resultId: 'result-1' }])
  })
})

describe('window', () => {
  it('opens the command palette by its keys and runs what is chosen', async () => {
    await openWindow(projectView())
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'P', code: 'KeyP', ctrlKey: true, shiftKey: true, cancelable: true }))
    await flushPromises()
    const input = document.querySelector<HTMLInputElement>('.palette input')
    if (input === null) throw new Error('no palette')
    input.value = 'jasper-ridge-2'
    input.dispatchEvent(new Event('input'))
    await flushPromises()
    input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
    await flushPromises()
    expect(useNavigationStore().page).toEqual({ kind: 'result', resultId: 'result-1' })
    expect(useWindowStore().palette).toBe(false)
  })

  it('carries out commands of the menu, and none that needs a project without one', async () => {
    await openWindow(null)
    bridge.emit('menu.command', 'fine-tune')
    expect(useNavigationStore().page.kind).toBe('overview')
    bridge.emit('menu.command', 'settings')
    expect(useNavigationStore().page.kind).toBe('settings')
    bridge.emit('project.changed', projectView())
    await flushPromises()
    bridge.emit('menu.command', 'fine-tune')
    expect(useNavigationStore().page).toEqual({ kind: 'fine-tune', sceneIds: ['scene-1'] })
    bridge.emit('menu.command', 'next-page')
    expect(useNavigationStore().page.kind).toBe('scene')
  })

  it('takes back the last removal by Ctrl+Z when there is one', async () => {
    await openWindow(projectView())
    const undo = (): boolean => window.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', code: 'KeyZ', ctrlKey: true, cancelable: true }))
    undo()
    expect(bridge.payloads('project.undo')).toHaveLength(0)
    bridge.emit('project.changed', projectView({ undo: 'jasper-ridge' }))
    undo()
    expect(bridge.payloads('project.undo')).toHaveLength(1)
  })

  it('imports files that are dropped anywhere', async () => {
    const mounted = await openWindow(projectView())
    const drop = Object.assign(new Event('drop', { cancelable: true }), { dataTransfer: { types: ['Files'], files: [new File([], 'a.tif'), new File([], 'b.hdr')] } })
    window.dispatchEvent(drop)
    await flushPromises()
    expect(drop.defaultPrevented).toBe(true)
    expect(JSON.parse(mounted.get('.import-dialog').text())).toEqual(['/dropped/a.tif', '/dropped/b.hdr'])
  })

  it('imports pasted paths, but leaves text fields their paste', async () => {
    await openWindow(projectView())
    const paste = (): Event => Object.assign(new Event('paste', { cancelable: true, bubbles: true }), { clipboardData: { files: [], getData: () => '"/data/a b.hdr"\n' } })
    const field = document.body.appendChild(document.createElement('input'))
    field.dispatchEvent(paste())
    expect(useWindowStore().importing).toBeNull()
    window.dispatchEvent(paste())
    expect(useWindowStore().importing).toEqual({ paths: ['/data/a b.hdr'] })
  })
})
