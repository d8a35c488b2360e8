import { statSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { ResultView } from '../../src/preload/contract'
import type { RunRecord, TrainingPlan, UpscalePlan } from '../../src/main/project/project-file'
import { request } from './bridge'
import { jobProcess } from './job-process'
import { launchForTest } from './launched-app'

// The jobs' processes in real Electron, asked for through the bridge. What the pages make of it is tested with the pages.

const plan: TrainingPlan = { scale: 2, preset: 'studio', minutes: 5, steps: 8, seed: 1, precision: 'float32', validation: null, baseModelId: null, gaussianSigma: null }
const long = { ...plan, steps: 400 }
const patience = { timeout: 120_000, interval: 200 }

async function sampleScene(page: Page): Promise<string> {
  const { scenes } = await request(page, 'project.openSample', null)
  await expect.poll(async () => (await request(page, 'project.current', null))?.scenes[0]?.state, patience).toBe('ready')
  return scenes[0]?.id ?? ''
}

async function runOf(page: Page, runId: string): Promise<RunRecord | undefined> {
  return (await request(page, 'project.current', null))?.runs.find(({ id }) => id === runId)
}

async function resultOf(page: Page, resultId: string | undefined): Promise<ResultView | undefined> {
  return (await request(page, 'project.current', null))?.results.find(({ id }) => id === resultId)
}

/** Steps of the run that the application has heard of. */
async function stepsOf(page: Page, runId: string): Promise<number> {
  return (await request(page, 'run.curves', { runId })).steps.step.length
}

async function onlyJob(page: Page): Promise<string> {
  const jobs = (await request(page, 'job.list', null)).filter(({ state }) => !['done', 'failed', 'cancelled'].includes(state))
  expect(jobs).toHaveLength(1)
  return jobs[0]?.id ?? ''
}

describe('a job in a process of Electron', () => {
  it('fine-tunes, pauses and goes on, then upscales to a file that passes its receipt', async () => {
    const { electronApp, page, problems, userData } = await launchForTest()
    const sceneId = await sampleScene(page)
    const { runId } = await request(page, 'training.start', { sceneIds: [sceneId], plan })
    await expect.poll(() => stepsOf(page, runId), patience).toBeGreaterThan(0)
    const jobId = await onlyJob(page)
    await request(page, 'job.pause', { jobId })
    await page.waitForTimeout(1500)
    const paused = await stepsOf(page, runId)
    await page.waitForTimeout(1500)
    expect(await stepsOf(page, runId)).toBe(paused)
    await request(page, 'job.resume', { jobId })
    await expect.poll(async () => (await runOf(page, runId))?.state, patience).toBe('done')
    const run = await runOf(page, runId)
    expect(run?.verdict?.methods.length).toBeGreaterThan(1)
    // the process is gone with its job
    await expect.poll(() => jobProcess(electronApp), patience).toBeUndefined()

    const file = join(userData, 'documents', 'sharp.tif')
    await electronApp.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }) }, file)
    const upscale: UpscalePlan = {
      modelId: run?.modelId ?? '', window: null, format: 'geotiff', sampleType: 'source', compression: 'deflate', interleave: null, bands: 'all', consistency: true, precision: 'float32',
    }
    const started = await request(page, 'upscale.start', { sceneIds: [sceneId], plan: upscale })
    await expect.poll(async () => (await resultOf(page, started?.resultIds[0]))?.state, patience).toBe('done')
    // its files are looked at after that
    await expect.poll(async () => (await resultOf(page, started?.resultIds[0]))?.paths[0], patience).toBe(file)
    const result = await resultOf(page, started?.resultIds[0])
    expect(result?.receipt?.consistency?.passed).toBe(true)
    expect(statSync(file).size).toBe(result?.sizeBytes)
    expect(problems).toEqual([])
  })

  it('that is killed ends with a readable reason, keeps the window, and can be continued', async () => {
    const { electronApp, page } = await launchForTest()
    const sceneId = await sampleScene(page)
    const { runId } = await request(page, 'training.start', { sceneIds: [sceneId], plan: long })
    await expect.poll(() => stepsOf(page, runId), patience).toBeGreaterThan(1)
    process.kill(await jobProcess(electronApp) ?? 0, 'SIGKILL')
    await expect.poll(async () => (await runOf(page, runId))?.state, patience).toMatch(/interrupted|failed/)
    const [job] = (await request(page, 'job.list', null)).filter(({ subject }) => subject === runId)
    expect(job?.error).toMatchObject({ tag: 'crashed', message: expect.stringContaining('SIGKILL') as string, remedy: expect.any(String) as string })

    await request(page, 'training.continue', { runId })
    await expect.poll(async () => (await runOf(page, runId))?.state, patience).toBe('running')
    await expect.poll(() => jobProcess(electronApp), patience).toBeDefined()
    await request(page, 'job.cancel', { jobId: await onlyJob(page) })
    await expect.poll(() => jobProcess(electronApp), patience).toBeUndefined()
  })
})

describe('closing the window while a job runs', () => {
  /** Answers the application's questions to the user from now on; gives what they said so far. */
  async function answerWith(electronApp: ElectronApplication, response: number): Promise<() => Promise<string[]>> {
    await electronApp.evaluate(({ dialog }, answer) => {
      const asked: string[] = []
      Object.assign(globalThis, { asked })
      dialog.showMessageBox = (...args: unknown[]) => {
        asked.push((args[args.length - 1] as { message: string }).message)
        return Promise.resolve({ response: answer, checkboxChecked: false })
      }
    }, response)
    return () => electronApp.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  }

  it('asks, and keeps it running in the background when told to', async () => {
    const { electronApp, page } = await launchForTest()
    const { runId } = await request(page, 'training.start', { sceneIds: [await sampleScene(page)], plan: long })
    await expect.poll(() => stepsOf(page, runId), patience).toBeGreaterThan(0)
    const asked = await answerWith(electronApp, 0)
    await electronApp.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close() })
    await expect.poll(() => electronApp.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()), patience).toBe(false)
    expect(await asked()).toEqual(['A job is still running.'])
    const before = await stepsOf(page, runId)
    await expect.poll(() => stepsOf(page, runId), patience).toBeGreaterThan(before)
  })

  it('lets it keep its best and ends', async () => {
    const { electronApp, page, userData } = await launchForTest()
    const { runId } = await request(page, 'training.start', { sceneIds: [await sampleScene(page)], plan: long })
    await expect.poll(() => stepsOf(page, runId), patience).toBeGreaterThan(1)
    await answerWith(electronApp, 1)
    const gone = electronApp.waitForEvent('close', { timeout: 60_000 })
    await electronApp.evaluate(({ BrowserWindow }) => { BrowserWindow.getAllWindows()[0]?.close() })
    await gone
    const again = await launchForTest({ userData, project: join(userData, 'documents', 'DACN Studio sample') })
    await expect.poll(async () => (await request(again.page, 'project.current', null))?.runs[0]?.state, patience).toBe('done')
    expect((await runOf(again.page, runId))?.ended).toBe('stop-and-keep')
  })
})
