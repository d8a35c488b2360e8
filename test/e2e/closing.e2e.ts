import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import type { RunRecord, TrainingPlan } from '../../src/main/project/project-file'
import { request } from './bridge'
import { launchForTest } from './launched-app'

// What becomes of jobs with the window. They are asked for through the bridge: the walks begin them on the pages.

const plan: TrainingPlan = { scale: 2, preset: 'studio', minutes: 5, steps: 400, seed: 1, precision: 'float32', validation: null, baseModelId: null, gaussianSigma: null }
const patience = { timeout: 120_000, interval: 200 }

async function sampleScene(page: Page): Promise<string> {
  const { scenes } = await request(page, 'project.openSample', null)
  await expect.poll(async () => (await request(page, 'project.current', null))?.scenes[0]?.state, patience).toBe('ready')
  return scenes[0]?.id ?? ''
}

async function runOf(page: Page, runId: string): Promise<RunRecord | undefined> {
  return (await request(page, 'project.current', null))?.runs.find(({ id }) => id === runId)
}

/** Steps of the run that the application has heard of. */
async function stepsOf(page: Page, runId: string): Promise<number> {
  return (await request(page, 'run.curves', { runId })).steps.step.length
}

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
    const { runId } = await request(page, 'training.start', { sceneIds: [await sampleScene(page)], plan })
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
    const { runId } = await request(page, 'training.start', { sceneIds: [await sampleScene(page)], plan })
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
