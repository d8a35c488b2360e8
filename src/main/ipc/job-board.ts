import { randomUUID } from 'node:crypto'
import type { JobView } from '../../preload/contract'
import { StudioError } from '../common/errors'
import type { JobHandle, JobHost, JobListener } from '../jobs/job-host'
import { JobQueue } from '../jobs/job-queue'
import type { JobResults } from '../jobs/job-result'
import type { JobKind, JobSpecs } from '../jobs/job-spec'
import { isFinal } from '../jobs/job-state'
import type { Platform } from './platform'

export interface NewJob<K extends JobKind> {
  kind: K
  spec: JobSpecs[K]
  /** For the list, e.g. 'Fine-tuning jasper-ridge'. */
  title: string
  /** Id of the run, result or scene that the job works for. */
  subject: string | null
  listener?: JobListener
  /** What is to be recorded at the end; the job counts as active until that is done. */
  done?: (result: JobResults[K]) => Promise<void>
  failed?: (error: StudioError) => Promise<void>
}

interface Entry {
  view: JobView
  handle: JobHandle
  /** Resolves when the job has ended and its end is recorded. */
  settled: Promise<void>
  isSettled: boolean
}

/** All jobs of this session in the order they came, and the window's buttons for them. They run as `JobQueue` says. */
export class JobBoard {
  private readonly queue: JobQueue
  private readonly entries = new Map<string, Entry>()

  constructor(host: JobHost, private readonly platform: Pick<Platform, 'emit' | 'log'>) {
    this.queue = new JobQueue(host)
  }

  /** Starts or queues a job. The result is as in `JobHandle.completed`; the list has heard of the end before. */
  start<K extends JobKind>({ kind, spec, title, subject, listener = {}, done, failed }: NewJob<K>): { id: string; completed: Promise<JobResults[K]> } {
    const id = randomUUID()
    const view: JobView = { id, kind, title, subject, state: 'queued', startedUtc: null, progress: null, error: null }
    const handle = this.queue.start(kind, spec, {
      ...listener,
      state: (state) => {
        view.state = state
        if (state === 'running') view.startedUtc ??= new Date().toISOString()
        listener.state?.(state)
        // whoever reads the list at the end wants to see why
        if (state !== 'failed') this.tell()
      },
      progress: (progress) => {
        view.progress = progress
        this.platform.emit('job.progress', { jobId: id, progress })
        listener.progress?.(progress)
      },
    })
    const settled = handle.completed.then(done, async (error: StudioError) => {
      if (view.state === 'failed') {
        view.error = error.toJSON()
        this.tell()
      }
      await failed?.(error)
    }).catch((error: unknown) => {
      this.platform.log(`The end of "${title}" was not recorded: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    })
    const entry: Entry = { view, handle: handle, settled, isSettled: false }
    void settled.then(() => { entry.isSettled = true })
    this.entries.set(id, entry)
    this.tell()
    return { id, completed: handle.completed }
  }

  list(): JobView[] {
    return [...this.entries.values()].map(({ view }) => ({ ...view }))
  }

  /** Those that have not ended, or whose end is being recorded. */
  active(): JobView[] {
    return [...this.entries.values()].flatMap(({ view, isSettled }) => (isSettled ? [] : [{ ...view }]))
  }

  /** True while a job for `subject` (a run, result or scene) waits or runs. */
  worksFor(subject: string): boolean {
    return this.active().some((view) => view.subject === subject)
  }

  /** Errors of these four: 'not-found' for an unknown job, 'invalid-argument' where its state does not allow it. */
  pause(jobId: string): void {
    this.entry(jobId).handle.pause()
  }

  resume(jobId: string): void {
    this.entry(jobId).handle.resume()
  }

  stop(jobId: string): void {
    this.entry(jobId).handle.stopAndKeep()
  }

  cancel(jobId: string): void {
    this.entry(jobId).handle.cancel()
  }

  /** Cancels what works for `subject` and waits until it has ended. */
  async cancelFor(subject: string): Promise<void> {
    await this.end([...this.entries.values()].filter(({ view }) => view.subject === subject), 'cancel')
  }

  /** Ends all jobs: waiting ones first, so that none of them begins; running trainings keep their best with 'stop'. */
  async endAll(how: 'stop' | 'cancel'): Promise<void> {
    await this.end([...this.entries.values()].reverse(), how)
  }

  private async end(entries: readonly Entry[], how: 'stop' | 'cancel'): Promise<void> {
    const open = entries.filter(({ handle }) => !isFinal(handle.state))
    for (const { view, handle } of open) {
      const keeps = how === 'stop' && view.kind === 'train' && (handle.state === 'running' || handle.state === 'paused')
      if (keeps) handle.stopAndKeep()
      else handle.cancel()
    }
    await Promise.all(entries.map(({ settled }) => settled))
  }

  private entry(jobId: string): Entry {
    const entry = this.entries.get(jobId)
    if (entry === undefined) throw new StudioError('not-found', 'This job is not in the list any more.', { remedy: 'Look at the list of jobs again.' })
    return entry
  }

  private tell(): void {
    this.platform.emit('jobs.changed', this.list())
  }
}
