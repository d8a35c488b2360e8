import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { StudioError } from '../../src/main/common/errors'
import { projectRoot } from '../../src/main/common/project-root'
import { ChildProcessHost } from '../../src/main/jobs/child-process-host'
import { jobEnvironment } from '../../src/main/jobs/job-environment'
import type { JobHandle } from '../../src/main/jobs/job-host'
import type { JobSpec, TrainSpec } from '../../src/main/jobs/job-spec'
import { trainSpec } from './specs'

const entry = join(projectRoot, 'test', 'jobs', 'fake-job.cjs')
const hasty = { graceMs: 300, terminateMs: 200 }

interface Started {
  job: JobHandle<'train'>
  states: string[]
  logs: string[]
  /** Resolves with the process id once the job runs. */
  running: Promise<number>
}

function start(behaviour: string, spec: Partial<TrainSpec> = {}, times = hasty): Started {
  const states: string[] = []
  const logs: string[] = []
  let tell: (pid: number) => void = () => undefined
  const running = new Promise<number>((resolve) => { tell = resolve })
  const job = new ChildProcessHost({ entry, ...times }).start('train', { ...trainSpec, ...spec, out: behaviour }, {
    state: (state) => states.push(state),
    log: (_level, message) => {
      logs.push(message)
      if (message.startsWith('pid ')) tell(Number(message.slice(4)))
    },
  })
  return { job, states, logs, running }
}

async function failure(job: JobHandle): Promise<StudioError> {
  return job.completed.then(() => { throw new Error('the job should have failed') }, (error: StudioError) => error)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

describe('a job in a process of its own', () => {
  it('gives its result after its process has ended', async () => {
    const { job, states, running } = start('done')
    const pid = await running
    expect((await job.completed).model).toBe('/model')
    expect(isAlive(pid)).toBe(false)
    expect(states).toEqual(['running', 'done'])
  })

  it('is ended when it answers but does not leave', async () => {
    const { job, running } = start('done-then-hang')
    const pid = await running
    await job.completed
    expect(isAlive(pid)).toBe(false)
  })

  it('fails with the error that it tells', async () => {
    const { job, states } = start('failed')
    expect((await failure(job)).toJSON()).toEqual({ tag: 'diverged', message: 'The loss is NaN.', remedy: 'Lower it.' })
    expect(states).toEqual(['running', 'failed'])
  })

  it('reports a crash with the exit code and the last twenty lines of stderr', async () => {
    const error = await failure(start('exit').job)
    expect(error.tag).toBe('crashed')
    expect(error.message).toContain('with exit code 3')
    const lines = error.message.split('\n').slice(2).map((line) => line.trim())
    expect(lines).toEqual([...Array.from({ length: 19 }, (_, i) => `line ${i + 12}`), 'terminate called'])
  })

  it('says what a kill usually means', async () => {
    const error = await failure(start('killed').job)
    expect(error.tag).toBe('crashed')
    expect(error.message).toContain('SIGKILL')
    expect(error.message).toContain('out of memory')
    expect(error.remedy).toContain('continue from the last save')
  })

  it('takes an interrupt of the process for a cancellation', async () => {
    const { job, states } = start('interrupted')
    expect((await failure(job)).tag).toBe('cancelled')
    expect(states).toEqual(['running', 'cancelling', 'cancelled'])
  })

  it.each(['wrong-result', 'nonsense'])('fails when its messages are not understood: %s', async (behaviour) => {
    const error = await failure(start(behaviour).job)
    expect(error.tag).toBe('invalid-argument')
    expect(error.remedy).toContain('npm run build')
  })

  it('passes on pause, resume and stop-and-keep', async () => {
    const { job, states, logs, running } = start('polite')
    await running
    job.pause()
    expect(() => { job.pause() }).toThrow("A job that is paused can't become paused.")
    job.resume()
    job.pause()
    job.stopAndKeep()
    await expect.poll(() => logs.slice(1)).toEqual(['pause', 'resume', 'pause', 'resume', 'stop-and-keep'])
    job.cancel()
    await failure(job)
    expect(states).toEqual(['running', 'paused', 'running', 'paused', 'running', 'cancelling', 'cancelled'])
    expect(() => { job.stopAndKeep() }).toThrow('cancelled')
    job.cancel()
  })

  it.each([
    ['by asking', 'polite', { graceMs: 20_000, terminateMs: 0 }, 0],
    ['by SIGTERM after the grace', 'deaf', { graceMs: 300, terminateMs: 20_000 }, 290],
    ['by SIGKILL at last', 'deaf-to-sigterm', hasty, 490],
  ])('cancels %s', async (_name, behaviour, times, atLeastMs) => {
    const { job, states, running } = start(behaviour, {}, times)
    const pid = await running
    const begin = performance.now()
    job.cancel()
    job.cancel()
    expect((await failure(job)).tag).toBe('cancelled')
    const took = performance.now() - begin
    expect(isAlive(pid)).toBe(false)
    expect(took).toBeGreaterThanOrEqual(atLeastMs)
    expect(took).toBeLessThan(10_000)
    expect(states).toEqual(['running', 'cancelling', 'cancelled'])
  })

  it('gives memory back while upscaling, which a training keeps', () => {
    const upscale: JobSpec = {
      kind: 'upscale', scene: 's', out: 'o', model: 'm', resume: false, memoryBudgetMb: 512, sampleType: 'source', compression: 'none',
      interleave: 'bip', consistency: true, precision: 'float32',
    }
    const threshold = (spec: JobSpec): number => Number(jobEnvironment(spec, {}).MALLOC_TRIM_THRESHOLD_)
    expect(threshold(upscale)).toBeLessThan(512e6)
    expect(threshold(trainSpec)).toBeGreaterThan(4e9)
  })

  it('gives the process the environment that TensorFlow reads', async () => {
    const { job, logs } = start('environment', { precision: 'bfloat16', threads: 3 })
    await job.completed
    expect(logs.slice(1)).toEqual(['MALLOC_TRIM_THRESHOLD_=8589934592', 'ONEDNN_DEFAULT_FPMATH_MODE=BF16', 'OMP_NUM_THREADS=3', 'TF_NUM_INTEROP_THREADS=1', 'DACN_JOB_NICE=10'])
  })

  it('says when its program is not built', () => {
    expect(() => new ChildProcessHost({ entry: '/nowhere/job.cjs' }).start('train', trainSpec)).toThrow('/nowhere/job.cjs')
  })
})
