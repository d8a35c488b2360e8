import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import { openCube } from '../../src/main/formats/registry'
import type { Application } from '../../src/main/ipc/application'
import { ChildProcessHost } from '../../src/main/jobs/child-process-host'
import type { ProjectView } from '../../src/preload/contract'
import { forkedScenes } from '../scenes/forked-scene-process'
import { temporaryFolder } from '../scenes/scene-files'
import { importScene, newProject, startWith } from './fake-desktop'
import { trainingPlan, upscalePlan } from './plans'

const LONG = { timeout: 200_000, interval: 100 }

async function viewOf(app: Application): Promise<ProjectView> {
  const view = await app.handlers['project.current'](null)
  if (view === null) throw new Error('no project is open')
  return view
}

it('goes the whole way with real processes: import, fine-tune with pauses, close in the middle, continue, upscale, reopen', async () => {
  const { app: first, desktop, again } = await startWith(new ChildProcessHost(), forkedScenes().scenes, await temporaryFolder())
  const folder = await newProject({ app: first, desktop })
  const sceneId = await importScene(first, resourcePath('sample-scene', 'dlr-hysu.tif'), 'dlr-hysu')
  const plan = { ...trainingPlan, steps: 24 }

  const forecast = await first.handlers['training.forecast']({ sceneIds: [sceneId], plan })
  expect(forecast).toMatchObject({ refusal: null })
  expect(forecast.memoryBytes).toBeGreaterThan(3e8)

  // a training that the end of the program interrupts
  const { runId } = await first.handlers['training.start']({ sceneIds: [sceneId], plan })
  await expect.poll(() => desktop.heard('run.grew').flatMap(({ added }) => added.steps.step).at(-1) ?? 0, LONG).toBeGreaterThan(3)
  const [job] = first.runningJobs()
  await first.handlers['job.pause']({ jobId: job?.id ?? '' })
  expect((await viewOf(first)).runs[0]?.state).toBe('paused')
  await first.handlers['job.resume']({ jobId: job?.id ?? '' })
  await first.close()

  const second = await again()
  await second.openProject(folder)
  expect((await viewOf(second)).runs[0]).toMatchObject({ id: runId, state: 'interrupted' })
  await second.handlers['training.continue']({ runId })
  await expect.poll(async () => (await viewOf(second)).runs[0], LONG).toMatchObject({ state: 'done' })
  const trained = await viewOf(second)
  expect(trained.runs[0]).toMatchObject({ ended: 'steps', error: null })
  expect(trained.runs[0]?.verdict?.methods.map(({ method }) => method)).toContain('bicubic')
  const curves = await second.handlers['run.curves']({ runId })
  expect(curves.steps.step).toEqual(Array.from({ length: 24 }, (_, i) => i + 1))
  expect(curves.lines?.basePsnr).toBeGreaterThan(20)
  expect((await second.handlers['run.patches']({ runId }))?.now.length).toBeGreaterThan(100)
  const modelId = trained.runs[0]?.modelId ?? ''
  await expect.poll(async () => (await viewOf(second)).models.find(({ id }) => id === modelId)?.card).toMatchObject({ scenes: ['dlr-hysu.tif'], steps: 24 })

  const out = join(folder, 'results', 'sharp.tif')
  desktop.answers.push(out)
  const [planned] = await second.handlers['upscale.forecast']({ sceneIds: [sceneId], plan: { ...upscalePlan, modelId } })
  expect(planned).toMatchObject({ refusal: null, dropped: [] })
  await second.handlers['upscale.start']({ sceneIds: [sceneId], plan: { ...upscalePlan, modelId } })
  await expect.poll(async () => (await viewOf(second)).results[0], LONG).toMatchObject({ state: 'done', error: null, missing: false, paths: [out] })
  const [result] = (await viewOf(second)).results
  expect(result?.receipt).toMatchObject({ consistency: { passed: true }, alignment: { passed: true } })
  expect(result?.receipt?.fields.filter(({ kept }) => !kept)).toEqual([])
  const reader = await openCube(out)
  expect([reader.header.rows, reader.header.cols, reader.header.bands]).toEqual([planned?.rows, planned?.cols, planned?.bands])
  await reader.close()
  await second.close()

  const third = await again()
  await third.openProject(folder)
  await expect.poll(() => viewOf(third), LONG).toMatchObject({
    scenes: [{ id: sceneId, state: 'ready' }], runs: [{ id: runId, state: 'done' }], results: [{ state: 'done', paths: [out], missing: false }],
  })
  expect(existsSync(join(folder, 'models', runId, 'checkpoint.json'))).toBe(true)
  const [again2x] = await third.handlers['upscale.forecast']({ sceneIds: [sceneId], plan: { ...upscalePlan, modelId } })
  expect(again2x?.seconds).toBeGreaterThan(0)
})
