import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { JobBoard } from '../../src/main/ipc/job-board'
import { jobHandlers } from '../../src/main/ipc/job-handlers'
import type { EventName, Events, JobView } from '../../src/preload/contract'
import { selfTestResult, selfTestSpec, trainSpec } from '../jobs/specs'
import { HandHost } from './hand-host'

function setUp(): { host: HandHost; board: JobBoard; lists: JobView[][]; events: [EventName, unknown][]; logged: string[] } {
  const host = new HandHost()
  const lists: JobView[][] = []
  const events: [EventName, unknown][] = []
  const logged: string[] = []
  const emit = <K extends EventName>(name: K, event: Events[K]): void => {
    events.push([name, event])
    if (name === 'jobs.changed') lists.push(event as JobView[])
  }
  const board = new JobBoard(host, { emit, log: (message) => logged.push(message) })
  return { host, board, lists, events, logged }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the list of jobs', () => {
  it('tells every change with all jobs, and progress by itself', async () => {
    const { host, board, lists, events } = setUp()
    const first = board.start({ kind: 'self-test', spec: selfTestSpec, title: 'Self-test', subject: null })
    board.start({ kind: 'train', spec: trainSpec, title: 'Fine-tuning', subject: 'run-1' })
    await turn()
    expect(lists.at(-1)?.map(({ state }) => state)).toEqual(['running', 'queued'])
    expect(lists.at(-1)?.[0]?.startedUtc).not.toBeNull()
    const progress = { span: 'Testing', done: 1, total: 2, unit: 's', etaSeconds: null }
    host.last.listener.progress?.(progress)
    expect(events.at(-1)).toEqual(['job.progress', { jobId: first.id, progress }])
    expect(board.worksFor('run-1')).toBe(true)
    host.last.finish(selfTestResult)
    expect((await first.completed).steps).toBe(2)
    await turn()
    expect(lists.at(-1)?.map(({ state }) => state)).toEqual(['done', 'running'])
    expect(board.active()).toHaveLength(1)
  })

  it('shows why a job failed in the same breath as that it did', async () => {
    const { host, board, lists } = setUp()
    const { completed } = board.start({ kind: 'self-test', spec: selfTestSpec, title: 'Self-test', subject: null })
    await turn()
    host.last.fail(new StudioError('diverged', 'NaN.'))
    await expect(completed).rejects.toThrow('NaN.')
    await turn()
    expect(lists.flat().filter(({ state }) => state === 'failed')).toMatchObject([{ error: { tag: 'diverged', message: 'NaN.' } }])
  })

  it('passes the buttons on, and refuses unknown jobs and buttons without effect', async () => {
    const { host, board } = setUp()
    const handlers = jobHandlers(board)
    const { id, completed } = board.start({ kind: 'train', spec: trainSpec, title: 'Fine-tuning', subject: 'run-1' })
    const waiting = board.start({ kind: 'train', spec: trainSpec, title: 'Fine-tuning', subject: 'run-2' })
    await turn()
    await handlers['job.pause']({ jobId: id })
    expect((await handlers['job.list'](null))[0]?.state).toBe('paused')
    await handlers['job.resume']({ jobId: id })
    await handlers['job.stop']({ jobId: id })
    expect(host.stopped).toEqual(['train'])
    expect(() => handlers['job.pause']({ jobId: waiting.id })).toThrow('waits for its turn')
    expect(() => handlers['job.cancel']({ jobId: 'nothing' })).toThrow('not in the list')
    await handlers['job.cancel']({ jobId: id })
    await expect(completed).rejects.toMatchObject({ tag: 'cancelled' })
  })

  it('counts a job as active until its end is recorded, and tells when that fails', async () => {
    const { host, board, logged } = setUp()
    let recorded: () => void = () => undefined
    const ends: string[] = []
    const common = { kind: 'self-test' as const, spec: selfTestSpec, title: 'Self-test', subject: null }
    board.start({ ...common, done: () => new Promise((resolve) => { recorded = resolve }) })
    board.start({ ...common, failed: (error) => { ends.push(error.message); return Promise.reject(new Error('disk')) } })
    await turn()
    host.last.finish(selfTestResult)
    await turn()
    host.last.fail(new StudioError('crashed', 'Crashed.'))
    await turn()
    expect(board.active().map(({ state }) => state)).toEqual(['done'])
    expect(ends).toEqual(['Crashed.'])
    expect(logged).toHaveLength(1)
    recorded()
    await board.endAll('cancel')
    expect(board.active()).toEqual([])
  })

  it('ends all: waiting jobs never begin, a running training keeps its best when asked to', async () => {
    const { host, board } = setUp()
    board.start({ kind: 'train', spec: trainSpec, title: 'Fine-tuning', subject: 'run-1' })
    board.start({ kind: 'self-test', spec: selfTestSpec, title: 'Self-test', subject: null })
    await turn()
    const ended = board.endAll('stop')
    expect(host.stopped).toEqual(['train'])
    host.last.fail(new StudioError('crashed', 'Crashed.'))
    await ended
    expect(host.jobs).toHaveLength(1)
    expect(board.list().map(({ state }) => state)).toEqual(['failed', 'cancelled'])
    await board.endAll('cancel')
  })
})
