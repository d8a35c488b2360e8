import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import type { JobHandle, JobHost, JobListener } from '../../src/main/jobs/job-host'
import { JobQueue } from '../../src/main/jobs/job-queue'
import { JobRecord } from '../../src/main/jobs/job-record'
import type { JobKind, JobSpecs } from '../../src/main/jobs/job-spec'
import { prepareResult, prepareSpec, selfTestResult, selfTestSpec, trainSpec } from './specs'

/** Jobs that end when the test says so. */
class HandHost implements JobHost {
  readonly records: JobRecord<JobKind>[] = []
  calls: string[] = []

  start<K extends JobKind>(kind: K, _spec: JobSpecs[K], listener: JobListener = {}): JobHandle<K> {
    const record = new JobRecord<K>(kind, listener)
    record.moveTo('running')
    this.records.push(record as unknown as JobRecord<JobKind>)
    return {
      get state() { return record.state },
      completed: record.completed,
      pause: () => { record.moveTo('paused') },
      resume: () => { record.moveTo('running') },
      stopAndKeep: () => { this.calls.push('stop-and-keep') },
      cancel: () => { record.fail(new StudioError('cancelled', 'Cancelled.')) },
    }
  }
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('the job queue', () => {
  it('runs one job at a time, in order', async () => {
    const host = new HandHost()
    const queue = new JobQueue(host)
    const states: string[][] = [[], [], []]
    const jobs = states.map((list) => queue.start('self-test', selfTestSpec, { state: (state) => list.push(state) }))
    await turn()
    expect(jobs.map(({ state }) => state)).toEqual(['running', 'queued', 'queued'])
    host.records[0]?.finish(selfTestResult)
    expect(await jobs[0]?.completed).toEqual(selfTestResult)
    await turn()
    expect(jobs.map(({ state }) => state)).toEqual(['done', 'running', 'queued'])
    host.records[1]?.fail(new StudioError('crashed', 'Crashed.'))
    await expect(jobs[1]?.completed).rejects.toThrow('Crashed.')
    await turn()
    expect(jobs.map(({ state }) => state)).toEqual(['done', 'failed', 'running'])
    host.records[2]?.finish(selfTestResult)
    await jobs[2]?.completed
    expect(states).toEqual([['running', 'done'], ['running', 'failed'], ['running', 'done']])
    // a queue that ran empty takes new work
    const later = queue.start('self-test', selfTestSpec)
    await turn()
    expect(later.state).toBe('running')
  })

  it('copies scenes one after the other beside what computes', async () => {
    const host = new HandHost()
    const queue = new JobQueue(host)
    const training = queue.start('train', trainSpec)
    const copies = [queue.start('prepare', prepareSpec), queue.start('prepare', prepareSpec)]
    const upscaling = queue.start('self-test', selfTestSpec)
    await turn()
    expect([training, ...copies, upscaling].map(({ state }) => state)).toEqual(['running', 'running', 'queued', 'queued'])
    host.records[1]?.finish(prepareResult)
    await copies[0]?.completed
    await turn()
    expect([training, ...copies, upscaling].map(({ state }) => state)).toEqual(['running', 'done', 'running', 'queued'])
    training.cancel()
    await expect(training.completed).rejects.toMatchObject({ tag: 'cancelled' })
    await turn()
    expect(upscaling.state).toBe('running')
  })

  it('cancels a job that waits without starting it', async () => {
    const host = new HandHost()
    const queue = new JobQueue(host)
    queue.start('self-test', selfTestSpec)
    const waiting = queue.start('self-test', selfTestSpec)
    expect(() => { waiting.pause() }).toThrow('waits for its turn')
    waiting.cancel()
    waiting.cancel()
    await expect(waiting.completed).rejects.toMatchObject({ tag: 'cancelled' })
    host.records[0]?.finish(selfTestResult)
    await turn()
    expect(host.records).toHaveLength(1)
  })

  it('passes pause, resume, stop and cancel to the running job', async () => {
    const host = new HandHost()
    const states: string[] = []
    const job = new JobQueue(host).start('self-test', selfTestSpec, { state: (state) => states.push(state) })
    await turn()
    job.pause()
    job.resume()
    job.stopAndKeep()
    job.cancel()
    await expect(job.completed).rejects.toMatchObject({ tag: 'cancelled' })
    expect(host.calls).toEqual(['stop-and-keep'])
    expect(states).toEqual(['running', 'paused', 'running', 'cancelling', 'cancelled'])
  })

  it('fails a job whose host can not start it, and goes on', async () => {
    const host = new HandHost()
    let broken = true
    const queue = new JobQueue({
      start: (kind, spec, listener) => {
        if (broken) throw new StudioError('missing-runtime', 'Not built.')
        return host.start(kind, spec, listener)
      },
    })
    const first = queue.start('self-test', selfTestSpec)
    await expect(first.completed).rejects.toThrow('Not built.')
    broken = false
    const second = queue.start('self-test', selfTestSpec)
    await turn()
    expect(second.state).toBe('running')
  })
})
