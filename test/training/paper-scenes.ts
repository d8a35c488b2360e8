import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { quietContext, type JobContext } from '../../src/main/common/job-context'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import type { TrainRequest } from '../../src/main/training/train-request'
import { memoryReader, plainHeader, syntheticScene } from '../memory-scene'

/** A scene of `bands` bands with wavelengths 5 nm apart. */
export function sensorScene(rows: number, cols: number, bands: number, seed: number, change: Partial<CubeHeader> = {}): CubeReader {
  const wavelengthNm = Array.from({ length: bands }, (_, band) => 450 + 5 * band)
  return memoryReader({ ...plainHeader(rows, cols, bands), wavelengthNm, ...change }, syntheticScene(rows, cols, bands, seed))
}

/** A folder that goes when the test has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dacn-paper-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return folder
}

export function paperRequest(reader: CubeReader, out: string, change: Partial<TrainRequest> = {}): TrainRequest {
  return {
    scenes: [{ reader, window: null, validation: null, repairs: {} }], scale: 2, out, base: null, minutes: null, steps: 5, seed: 1, resume: false, kernel: { kind: 'block' }, paperVariant: 'text', ...change,
  }
}

export interface Recording {
  context: JobContext
  events: { kind: string; payload: Record<string, unknown> }[]
}

/** A context that keeps the events and acts on them. */
export function recording(onEvent: (kind: string, payload: Record<string, unknown>, abort: () => void, stop: () => void) => void = () => undefined): Recording {
  const controller = new AbortController()
  const events: Recording['events'] = []
  let stopped = false
  const context: JobContext = {
    ...quietContext(controller.signal),
    get stopRequested() { return stopped },
    event: (kind, payload) => {
      events.push({ kind, payload: payload as Record<string, unknown> })
      onEvent(kind, payload as Record<string, unknown>, () => { controller.abort() }, () => { stopped = true })
    },
  }
  return { context, events }
}
