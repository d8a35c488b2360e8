import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import type { JobContext } from '../../src/main/common/job-context'
import { InProcessHost } from '../../src/main/jobs/in-process-host'
import type { JobEvent } from '../../src/main/jobs/job-event'
import type { JobHandle } from '../../src/main/jobs/job-host'
import type { JobHandlers } from '../../src/main/workers/job-handlers'
import { serveJob } from '../../src/main/workers/serve-job'
import { selfTestResult, selfTestSpec } from './specs'

function startJob(run: (context: JobContext) => Promise<void>): { job: JobHandle; told: unknown[] } {
  const refuse = (): Promise<never> => Promise.reject(new Error('not this one'))
  const handlers: JobHandlers = {
    train: refuse,
    upscale: refuse,
    prepare: refuse,
    analyse: refuse,
    'self-test': async (_spec, context) => {
      await run(context)
      return selfTestResult
    },
  }
  const told: unknown[] = []
  const job = new InProcessHost((port) => { serveJob(port, handlers) }).start('self-test', selfTestSpec, {
    state: (state) => told.push(state),
    progress: ({ span, done }) => told.push([span, done]),
    log: (level, message) => told.push([level, message]),
    event: (event: JobEvent) => told.push(event),
  })
  return { job, told }
}

/** Counts turns of the job's loop, so that a test sees it go and stand still. */
function countingJob(): { job: JobHandle; told: unknown[]; turns: () => number } {
  let turns = 0
  const started = startJob(async (context) => {
    while (context.stopRequested !== true) {
      await context.breathe()
      turns++
    }
  })
  return { ...started, turns: () => turns }
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

describe("the job's side", () => {
  it('tells progress, logs and events in their order and then the result', async () => {
    const tile = { index: 0, count: 2, row: 0, col: 0, rows: 4, cols: 4 }
    const { job, told } = startJob((context) => {
      context.progress('tiles', 0, 2, 'tiles')
      context.log('warning', 'careful')
      context.progress('tiles', 1, 2, 'tiles')
      context.event('tile', tile)
      context.progress('tiles', 2, 2, 'tiles')
      return Promise.resolve()
    })
    expect(await job.completed).toEqual(selfTestResult)
    expect(told).toEqual([
      'running', ['tiles', 0], ['warning', 'careful'], ['tiles', 1], { kind: 'tile', payload: tile }, ['tiles', 2], 'done',
    ])
  })

  it('stands still while paused and goes on afterwards', async () => {
    const { job, told, turns } = countingJob()
    await expect.poll(turns).toBeGreaterThan(3)
    job.pause()
    await wait(20)
    const paused = turns()
    await wait(50)
    expect(turns()).toBe(paused)
    job.resume()
    await expect.poll(turns).toBeGreaterThan(paused + 3)
    job.stopAndKeep()
    await job.completed
    expect(told).toEqual(['running', 'paused', 'running', 'done'])
  })

  it('ends a paused job that is to stop and keep what it has', async () => {
    const { job, turns } = countingJob()
    await expect.poll(turns).toBeGreaterThan(0)
    job.pause()
    await wait(10)
    job.stopAndKeep()
    expect(await job.completed).toEqual(selfTestResult)
  })

  it.each([false, true])('cancels at the next breath (paused before: %s)', async (paused) => {
    const { job, told, turns } = countingJob()
    await expect.poll(turns).toBeGreaterThan(0)
    if (paused) job.pause()
    job.cancel()
    await expect(job.completed).rejects.toMatchObject({ tag: 'cancelled' })
    expect(told).toEqual(['running', ...(paused ? ['paused'] : []), 'cancelling', 'cancelled'])
  })

  it.each([
    ['its own error', new StudioError('mismatch', 'Does not fit.', { file: '/f', remedy: 'Choose.' }), { tag: 'mismatch', message: 'Does not fit.', file: '/f', remedy: 'Choose.' }],
    ['a full disk', Object.assign(new Error('ENOSPC: no space'), { code: 'ENOSPC', path: '/out.tif' }), { tag: 'io', message: '/out.tif: the disk is full' }],
    ['an abort', Object.assign(new Error('aborted'), { name: 'AbortError', code: 'ABORT_ERR' }), { tag: 'cancelled' }],
  ])('fails with %s', async (_name, thrown, expected) => {
    const { job } = startJob(() => Promise.reject(thrown))
    const error = await job.completed.catch((reason: unknown) => (reason as StudioError).toJSON())
    expect(error).toMatchObject(expected)
  })

  it('tells a mistake in the program with its stack, as a crash', async () => {
    const { job } = startJob(() => Promise.reject(new TypeError('x is not a function')))
    await expect(job.completed).rejects.toMatchObject({ tag: 'crashed', message: expect.stringMatching(/TypeError: x is not a function\n\s+at /) as string })
  })

  it('fails on an event that nobody described', async () => {
    const { job } = startJob((context) => {
      context.event('tile', { index: 'first' })
      return Promise.resolve()
    })
    await expect(job.completed).rejects.toMatchObject({ tag: 'invalid-argument', message: expect.stringContaining('event.payload.index') as string })
  })
})
