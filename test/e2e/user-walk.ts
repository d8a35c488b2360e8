import type { Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { settled } from './launched-app'

// What a user does on the way from the first screen to a result, by the words on the page.

/** For what takes a job or a scene process, on a machine that may be busy. */
export const patience = { timeout: 120_000, interval: 100 }
const waiting = { timeout: patience.timeout }

/** From the first screen, with its scene read. */
export async function openSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Try the sample project' }).click()
  await lineOf(page, 'Scenes', '135 bands').waitFor(waiting)
}

/** The open page, without lists, header and the jobs' strip. */
export function contentOf(page: Page): Locator {
  return page.getByRole('main')
}

/** The line of a list at the left. */
export function lineOf(page: Page, list: 'Scenes' | 'Models' | 'Runs' | 'Results', name: string | RegExp): Locator {
  return page.getByRole('list', { name: list, exact: true }).getByRole('listitem').filter({ hasText: name })
}

export async function openLine(page: Page, list: 'Scenes' | 'Models' | 'Runs' | 'Results', name: string | RegExp): Promise<void> {
  await lineOf(page, list, name).locator('[data-line]').first().click()
}

/** Opens a fold such as the plan or the log. */
export async function unfold(page: Page, title: string): Promise<void> {
  await page.locator('.n-collapse-item__header-main').filter({ hasText: title }).click()
  await settled(page)
}

/** On the plan of a fine-tuning: so many steps instead of minutes. */
export async function limitSteps(page: Page, steps: number): Promise<void> {
  await unfold(page, 'Plan')
  await page.getByLabel('Limit by').click()
  await page.locator('.n-base-select-option').filter({ hasText: 'Steps' }).click()
  const field = page.locator('.n-input-number[aria-label="steps"] input')
  await field.fill(String(steps))
  await field.blur()
  await page.locator('.facts').filter({ hasText: `${steps} steps` }).waitFor(waiting)
}

/** From a scene's page to the page of a run that is learning. */
export async function fineTune(page: Page, steps: number): Promise<void> {
  await contentOf(page).getByRole('button', { name: 'Fine-tune…' }).click()
  await limitSteps(page, steps)
  await contentOf(page).getByRole('button', { name: /^(Fine-tune|Queue fine-tuning)$/ }).click(waiting)
  await expect.poll(() => stepOf(page), patience).toBeGreaterThan(0)
}

/** What an element says, every kind of space as a plain one. */
export async function wordsOf(element: Locator): Promise<string> {
  return (await element.innerText()).replaceAll(/\s+/g, ' ')
}

/** The number that a run's page shows as its step; 0 while there is none. */
export async function stepOf(page: Page): Promise<number> {
  const shown = page.locator('.figures > div').filter({ has: page.getByText('Step', { exact: true }) }).locator('dd')
  if (await shown.count() === 0) return 0
  return Number(/^[\d\u2009]+/.exec(await shown.innerText())?.[0].replaceAll('\u2009', '') ?? 0)
}

/** Waits for the verdict, or its absence, of the run whose page is open. */
export async function stopAndKeep(page: Page): Promise<void> {
  await contentOf(page).getByRole('button', { name: 'Stop and keep best' }).click(waiting)
  await contentOf(page).getByRole('button', { name: 'Upscale & export', exact: true }).waitFor(waiting)
}
