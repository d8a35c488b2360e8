import { once } from 'node:events'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { jobProcess } from './job-process'
import { launchForTest } from './launched-app'
import { contentOf, fineTune, lineOf, openLine, openSample, patience, stepOf, wordsOf } from './user-walk'

const waiting = { timeout: patience.timeout }

it('a fine-tuning whose process is killed says so in words that help, and goes on from its last save', async () => {
  const { electronApp, page } = await launchForTest()
  await openSample(page)
  await openLine(page, 'Scenes', 'dlr-hysu')
  await fineTune(page, 12)
  await expect.poll(() => stepOf(page), patience).toBeGreaterThan(2)
  process.kill(await jobProcess(electronApp) ?? 0, 'SIGKILL')

  const reason = contentOf(page).getByRole('alert').filter({ hasText: 'ran out of memory' })
  await reason.waitFor(waiting)
  // what to do is told for this window, not for the command line
  expect(await wordsOf(reason)).not.toContain('--resume')
  await contentOf(page).getByRole('button', { name: 'Continue' }).click()
  await contentOf(page).getByText('all steps done').waitFor(waiting)
  await expect.poll(() => stepOf(page), patience).toBe(12)
  await expect.poll(() => page.locator('.verdict').count(), patience).toBe(1)
})

it('an application that is killed in the middle of a run offers to continue it, and it comes to its end', async () => {
  const first = await launchForTest()
  await openSample(first.page)
  await openLine(first.page, 'Scenes', 'dlr-hysu')
  await fineTune(first.page, 12)
  await expect.poll(() => stepOf(first.page), patience).toBeGreaterThan(2)
  const job = await jobProcess(first.electronApp) ?? 0
  const main = first.electronApp.process()
  const ended = once(main, 'exit')
  main.kill('SIGKILL')
  await ended
  // its job does not live on alone, writing to the project
  await expect.poll(() => isAlive(job), patience).toBe(false)

  const { page } = await launchForTest({ userData: first.userData, project: join(first.userData, 'documents', 'DACN Studio sample') })
  await page.getByText('One job was interrupted').waitFor(waiting)
  expect(await wordsOf(lineOf(page, 'Runs', /./))).not.toContain('dB')
  await contentOf(page).getByRole('button', { name: 'Continue' }).click()
  await openLine(page, 'Runs', /./)
  await contentOf(page).getByText('all steps done').waitFor(waiting)
  await expect.poll(() => stepOf(page), patience).toBe(12)
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
