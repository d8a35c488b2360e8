import { parentPort } from 'node:worker_threads'
import { runTileTask, type TileTask } from './encode-task'

export interface WorkerRequest {
  task: TileTask
}

export type WorkerReply = { stored: Uint8Array } | { error: string }

const port = parentPort
if (port === null) throw new Error('encode-worker runs as a worker thread only')

port.on('message', ({ task }: WorkerRequest) => {
  runTileTask(task).then(
    (stored) => {
      // a small buffer may be a slice of Node's shared pool, which can't be handed over
      const own = stored.byteLength === stored.buffer.byteLength ? stored : stored.slice()
      port.postMessage({ stored: own } satisfies WorkerReply, [own.buffer as ArrayBuffer])
    },
    (error: unknown) => {
      port.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies WorkerReply)
    },
  )
})
