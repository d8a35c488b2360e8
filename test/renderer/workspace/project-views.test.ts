import { describe, expect, it } from 'vitest'
import { text } from '../../../src/renderer/text'
import { breadcrumbs } from '../../../src/renderer/workspace/breadcrumbs'
import { targetScenes } from '../../../src/renderer/workspace/command-targets'
import { NOTHING_SELECTED } from '../../../src/renderer/workspace/list-selection'
import { nextSteps } from '../../../src/renderer/workspace/next-steps'
import { projectItems } from '../../../src/renderer/workspace/project-items'
import { unfinished } from '../../../src/renderer/workspace/unfinished'
import { windowTitle } from '../../../src/renderer/workspace/window-title'
import { jobView, modelView, projectView, resultView, runRecord, sceneView } from '../sample-project'

const noJob = (): null => null
const quality = (psnr: number) => ({ psnr, ssim: 0.9, samDegrees: 2, correlation: 0.9, ergas: 3, rmse: 0.1 })

describe('projectItems', () => {
  it('puts own models before shipped ones and the newest runs first', () => {
    const items = projectItems(projectView({ runs: [runRecord({ id: 'old' }), runRecord({ id: 'new', createdUtc: '2026-11-25T00:00:00.000Z' })] }), noJob)
    expect(items.model.map(({ id, shipped, detail }) => [id, shipped, detail])).toEqual([['model-1', false, '2×'], ['studio-2x', true, '2×']])
    expect(items.run.map(({ id }) => id)).toEqual(['new', 'old'])
  })

  it('marks what needs a look', () => {
    const items = projectItems(projectView({
      scenes: [sceneView(), sceneView({ id: 's2', state: 'missing', facts: null }), sceneView({ id: 's3', state: 'changed' }), sceneView({ id: 's4', state: 'preparing' })],
      models: [modelView({ card: null, damage: { tag: 'malformed', message: 'torn' } })],
      runs: [runRecord({ state: 'interrupted' })],
      results: [resultView({ missing: true })],
    }), noJob)
    expect(items.scene.map(({ mark, detail }) => [mark, detail])).toEqual([['none', '4 bands'], ['failed', ''], ['attention', '4 bands'], ['busy', '4 bands']])
    expect([items.model[0], items.run[0], items.result[0]].map((item) => [item?.mark, item?.state])).toEqual([
      ['failed', text.workspace.damaged], ['attention', 'Interrupted'], ['failed', 'File missing'],
    ])
  })

  it('shows how far a job is, and the gain of a finished run', () => {
    const verdict = { adopted: 'fine-tuned' as const, reason: '', validPixels: 100, methods: [{ method: 'fine-tuned' as const, quality: quality(31.94) }, { method: 'bicubic' as const, quality: quality(30) }] }
    const project = projectView({ runs: [runRecord({ id: 'run-2', state: 'running', createdUtc: '2026-11-25T00:00:00.000Z' }), runRecord({ verdict })] })
    const job = jobView({ state: 'cancelling', progress: { span: 'Fine-tuning', done: 42, total: 100, unit: 'steps', etaSeconds: 3 } })
    const [running, done] = projectItems(project, (subject) => (subject === 'run-2' ? job : null)).run
    expect(running).toMatchObject({ detail: '42\u2009%', mark: 'busy', state: 'Cancelling' })
    expect(done?.detail).toBe('+1.9\u2009dB')
  })
})

describe('nextSteps', () => {
  const states = (change: Parameters<typeof projectView>[0]): string[] => nextSteps(projectView(change)).map(({ state }) => state)
  it('leads from import to fine-tuning to upscaling', () => {
    expect(states({ scenes: [], runs: [], results: [] })).toEqual(['now', 'later', 'later'])
    expect(states({ runs: [], results: [] })).toEqual(['done', 'now', 'possible'])
    expect(states({ runs: [runRecord({ state: 'running' })], results: [] })).toEqual(['done', 'under-way', 'possible'])
    expect(states({ results: [] })).toEqual(['done', 'done', 'now'])
    expect(states({})).toEqual(['done', 'done', 'done'])
  })
  it('leaves fine-tuning open where shipped weights have served', () => {
    expect(states({ runs: [] })).toEqual(['done', 'possible', 'done'])
  })
})

describe('breadcrumbs', () => {
  const project = projectView()
  const labels = (page: Parameters<typeof breadcrumbs>[0]): string[] => breadcrumbs(page, project).map(({ label }) => label)
  it('names the way to each page', () => {
    expect(labels({ kind: 'overview' })).toEqual(['Jasper'])
    expect(labels({ kind: 'scene', sceneId: 'scene-1' })).toEqual(['Jasper', 'Scenes', 'jasper-ridge'])
    expect(labels({ kind: 'fine-tune', sceneIds: ['scene-1'] })).toEqual(['Jasper', 'jasper-ridge', 'Fine-tune'])
    expect(labels({ kind: 'upscale', sceneIds: ['scene-1', 'scene-2'] })).toEqual(['Jasper', '2 scenes', 'Upscale & export'])
    expect(labels({ kind: 'run', runId: 'gone' })).toEqual(['Jasper', 'Runs', 'Removed'])
  })
  it('leads back to the project and the scene, and stands without a project', () => {
    expect(breadcrumbs({ kind: 'fine-tune', sceneIds: ['scene-1'] }, project).map(({ page }) => page?.kind)).toEqual(['overview', 'scene', undefined])
    expect(breadcrumbs({ kind: 'settings' }, null)).toEqual([{ label: 'Settings', page: null }])
  })
})

describe('targetScenes', () => {
  const known = { scenes: [sceneView({ state: 'missing' }), sceneView({ id: 's2' }), sceneView({ id: 's3' })], runs: [runRecord({ sceneIds: ['s3'] })], results: [resultView({ sceneId: 's2' })] }
  it('takes several marked ones, else the page’s, else the first that can be read', () => {
    expect(targetScenes({ kind: 'scene', sceneId: 's2' }, { kind: 'scene', ids: ['s2', 's3'], anchor: 's2' }, known)).toEqual(['s2', 's3'])
    expect(targetScenes({ kind: 'run', runId: 'run-1' }, { kind: 'scene', ids: ['s2'], anchor: 's2' }, known)).toEqual(['s3'])
    expect(targetScenes({ kind: 'result', resultId: 'result-1' }, NOTHING_SELECTED, known)).toEqual(['s2'])
    expect(targetScenes({ kind: 'overview' }, { kind: 'scene', ids: ['s3'], anchor: 's3' }, known)).toEqual(['s3'])
    expect(targetScenes({ kind: 'scene', sceneId: 'gone' }, NOTHING_SELECTED, known)).toEqual(['s2'])
    expect(targetScenes({ kind: 'overview' }, NOTHING_SELECTED, { scenes: [], runs: [], results: [] })).toEqual([])
  })
})

it('lists what did not come to its end: interrupted ones first', () => {
  const found = unfinished({
    runs: [runRecord({ id: 'r1', state: 'failed', createdUtc: '2026-11-26T00:00:00.000Z' }), runRecord({ id: 'r2', state: 'interrupted' }), runRecord({ id: 'r3' })],
    results: [resultView({ id: 'o1', state: 'interrupted', createdUtc: '2026-11-25T00:00:00.000Z' }), resultView({ id: 'o2', state: 'cancelled' })],
  })
  expect(found.map(({ kind, id }) => [kind, id])).toEqual([['result', 'o1'], ['run', 'r2'], ['run', 'r1']])
})

it('titles the window after what ended, what runs, the project and the program', () => {
  const job = jobView({ progress: { span: 'Fine-tuning', done: 1, total: 4, unit: 'steps', etaSeconds: null } })
  expect(windowTitle(null, null, null)).toBe('DACN Studio')
  expect(windowTitle('Jasper', job, null)).toBe('25\u2009% Fine-tuning jasper-ridge – Jasper – DACN Studio')
  expect(windowTitle('Jasper', job, 'Upscaling: done')).toBe('Upscaling: done – Jasper – DACN Studio')
})
