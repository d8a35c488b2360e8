import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { JobEvent } from '../../src/main/jobs/job-event'
import type { JobHost } from '../../src/main/jobs/job-host'
import { run } from './run'
import { temporaryFolder, writeEnvi } from './scenes'

it('a training tells programs its steps and keeps its pictures to itself', async () => {
  const folder = await temporaryFolder()
  const scene = await writeEnvi(join(folder, 'scene'), { rows: 8, cols: 8, bands: 2 })
  const picture = new Uint8Array(3)
  const events: JobEvent[] = [
    { kind: 'train-patches', payload: { step: 0, rows: 1, cols: 1, lowRes: picture, bicubic: picture, now: picture, truth: picture } },
    { kind: 'train-step', payload: { step: 1, steps: 2, loss: 0.5, learningRate: 1e-3, samplesPerSecond: 20, residentBytes: 8e8, seconds: 0.5 } },
  ]
  let spec: unknown = null
  const jobs = {
    start: (_kind: string, given: unknown, listener: { event?: (event: JobEvent) => void }) => {
      spec = given
      for (const event of events) listener.event?.(event)
      const completed = Promise.resolve({ model: 'm', scale: 2, steps: 2, seconds: 1, ended: 'steps', verdict: null })
      return { completed, cancel: () => undefined }
    },
  } as unknown as JobHost
  const { exitCode, lines } = await run(['train', scene, '--out', join(folder, 'm'), '--validation', '0,2,6,4', '--json'], { jobs })
  expect(exitCode).toBe(0)
  expect(spec).toMatchObject({ validation: { row: 0, col: 2, rows: 6, cols: 4 } })
  expect(lines.map(({ type, kind }) => [type, kind])).toEqual([['event', 'train-step'], ['result', undefined]])
})

it('a verdict tells how often the expected errors of what serves hold', async () => {
  const folder = await temporaryFolder()
  const scene = await writeEnvi(join(folder, 'scene'), { rows: 8, cols: 8, bands: 2 })
  const told = async (part: object): Promise<string> => {
    const verdict = { adopted: 'base', reason: 'The base model serves.', validPixels: 400, methods: [], ...part }
    const completed = Promise.resolve({ model: 'm', scale: 2, steps: 2, seconds: 1, ended: 'steps', verdict })
    const jobs = { start: () => ({ completed, cancel: () => undefined }) } as unknown as JobHost
    return (await run(['train', scene, '--out', join(folder, 'm')], { jobs })).out
  }
  expect(await told({ coverage: { pixels: 396, withinOne: 0.734, withinTwo: 0.958 } }))
    .toContain('73 % of the pixels err by at most theirs, 96 % by at most twice that (396 pixels).')
  expect(await told({})).not.toContain('Expected errors')
})
