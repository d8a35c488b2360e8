import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { StudioError, toStudioError } from '../../common/errors'
import { builtEntry } from '../../common/project-root'
import type { TileTask } from './encode-task'
import type { WorkerReply, WorkerRequest } from './encode-worker'

interface Pending {
  task: TileTask
  resolve: (stored: Uint8Array) => void
  reject: (error: StudioError) => void
}

const MAX_WORKERS = 8
/** An idle thread keeps some ten megabytes; starting one takes about 40 ms. */
const IDLE_TIMEOUT_MS = 5000

/**
 * Threads that code tiles, so that the thread that writes stays free. They start when needed, end when idle for some
 * seconds and never keep the process alive.
 */
class EncodePool {
  readonly size = Math.max(1, Math.min(MAX_WORKERS, availableParallelism()))
  private readonly queue: Pending[] = []
  private readonly idle: Worker[] = []
  private readonly busy = new Map<Worker, Pending>()
  private release: NodeJS.Timeout | undefined

  /**
   * The stored bytes of a tile. Buffers of `task` are handed over and unusable afterwards.
   * Errors: 'missing-runtime' when the program was not built, 'crashed' when the thread ended (out of memory).
   */
  async run(task: TileTask): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      this.queue.push({ task, resolve, reject })
      this.dispatch()
    })
  }

  private dispatch(): void {
    clearTimeout(this.release)
    while (this.queue.length > 0 && (this.idle.length > 0 || this.busy.size < this.size)) {
      const pending = this.queue.shift() as Pending
      let worker: Worker
      try {
        worker = this.idle.pop() ?? this.start()
      } catch (error) {
        pending.reject(toStudioError(error))
        continue
      }
      this.busy.set(worker, pending)
      worker.ref()
      worker.postMessage({ task: pending.task } satisfies WorkerRequest, buffersOf(pending.task))
    }
    if (this.busy.size === 0 && this.idle.length > 0) {
      this.release = setTimeout(() => {
        for (const worker of this.idle.splice(0)) void worker.terminate()
      }, IDLE_TIMEOUT_MS)
      this.release.unref()
    }
  }

  private start(): Worker {
    const entry = builtEntry('encode-worker')
    if (!existsSync(entry)) {
      throw new StudioError('missing-runtime', `A part of the program is missing: ${entry}`, {
        file: entry,
        remedy: 'Run "npm run build" in the program folder.',
      })
    }
    const worker = new Worker(entry)
    worker.on('message', (reply: WorkerReply) => {
      const pending = this.busy.get(worker)
      this.busy.delete(worker)
      worker.unref()
      this.idle.push(worker)
      if ('stored' in reply) pending?.resolve(reply.stored)
      else pending?.reject(new StudioError('crashed', `Compressing a block failed: ${reply.error}`))
      this.dispatch()
    })
    const onEnd = (reason: string) => {
      const pending = this.busy.get(worker)
      this.busy.delete(worker)
      const place = this.idle.indexOf(worker)
      if (place >= 0) this.idle.splice(place, 1)
      pending?.reject(new StudioError('crashed', `A compression thread ended: ${reason}`, {
        remedy: 'Close other programs to free memory, or choose a smaller block size.',
      }))
      this.dispatch()
    }
    worker.on('error', (error) => {
      onEnd(String(error))
    })
    worker.on('exit', (code) => {
      onEnd(`exit code ${code}`)
    })
    return worker
  }
}

function buffersOf(task: TileTask): ArrayBuffer[] {
  const arrays = task.kind === 'encode' ? [task.raw] : task.quadrants.map((quadrant) => quadrant.stored)
  return arrays.map((array) => array.buffer as ArrayBuffer)
}

let shared: EncodePool | undefined

/** The pool of this process. */
export function encodePool(): EncodePool {
  shared ??= new EncodePool()
  return shared
}
