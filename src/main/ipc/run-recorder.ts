import { toStudioError } from '../common/errors'
import type { LogLevel } from '../common/job-context'
import type { JobEvent } from '../jobs/job-event'
import { emptyCurves, type RunCurves } from '../project/run-curves'
import type { RunCurvesWriter } from '../project/run-curves-writer'
import { writeRunPatches, type RunPatches } from '../project/run-patches'
import type { Platform } from './platform'
import { strideOf } from './thin-curves'

/** The window hears of new points at most this often. */
const TELL_EVERY_MS = 200

export interface RecordedRun {
  runId: string
  curves: RunCurvesWriter
  patchesFile: string
}

/** Writes what a training tells to the run's files, all of it, and tells the window, in batches and thinned to what it can show. */
export class RunRecorder {
  private untold = emptyCurves()
  private timer: NodeJS.Timeout | null = null
  private lines: RunCurves['lines'] = null
  private patchesWritten: Promise<void> = Promise.resolve()

  constructor(private readonly run: RecordedRun, private readonly emit: Platform['emit'], private readonly logFailure: (message: string) => void) {}

  event({ kind, payload }: JobEvent): void {
    switch (kind) {
      case 'train-step': {
        const { step, steps, loss, learningRate, samplesPerSecond, residentBytes, seconds } = payload
        const one = emptyCurves()
        push(one.steps, { step, loss, learningRate, samplesPerSecond, residentBytes, seconds })
        this.add(one, step % strideOf(steps) === 0 || step === steps)
        break
      }
      case 'train-validation': {
        const { step, psnr, samDegrees, bicubicPsnr, backProjectionPsnr, basePsnr, seconds } = payload
        const one = emptyCurves()
        push(one.validations, { step, psnr, samDegrees, seconds })
        if (this.lines === null) one.lines = this.lines = { bicubicPsnr, backProjectionPsnr, basePsnr }
        this.add(one, true)
        break
      }
      case 'train-patches': this.keepPatches(payload); break
      // the verdict comes with the result, tiles are of other jobs
      case 'verdict': case 'tile': break
    }
  }

  log(level: LogLevel, message: string): void {
    const one = emptyCurves()
    one.log.push({ level, message, atUtc: new Date().toISOString() })
    this.add(one, true)
  }

  /** So that the files hold all that was told so far. */
  async flush(): Promise<void> {
    await this.run.curves.flush()
    await this.patchesWritten
  }

  /** Tells the rest and closes the files. Rejects when the disk refuses. */
  async close(): Promise<void> {
    this.tell()
    await this.patchesWritten
    await this.run.curves.close()
  }

  private add(one: RunCurves, shown: boolean): void {
    this.run.curves.append(one)
    if (!shown) return
    append(this.untold, one)
    this.timer ??= setTimeout(() => { this.tell() }, TELL_EVERY_MS)
  }

  private tell(): void {
    if (this.timer === null) return
    clearTimeout(this.timer)
    this.timer = null
    const added = this.untold
    this.untold = emptyCurves()
    this.emit('run.grew', { runId: this.run.runId, added })
  }

  private keepPatches(patches: RunPatches): void {
    this.emit('run.patches', { runId: this.run.runId, patches })
    this.patchesWritten = this.patchesWritten
      .then(() => writeRunPatches(this.run.patchesFile, patches))
      .catch((error: unknown) => { this.logFailure(`The pictures of run ${this.run.runId} were not kept: ${toStudioError(error).message}`) })
  }
}

function push<K extends string>(columns: Record<K, number[]>, values: Record<K, number>): void {
  for (const key of Object.keys(values) as K[]) columns[key].push(values[key])
}

function append(target: RunCurves, { steps, validations, lines, log }: RunCurves): void {
  extend(target.steps, steps)
  extend(target.validations, validations)
  target.lines = lines ?? target.lines
  target.log.push(...log)
}

function extend<K extends string>(target: Record<K, number[]>, more: Record<K, number[]>): void {
  for (const key of Object.keys(more) as K[]) target[key].push(...more[key])
}
