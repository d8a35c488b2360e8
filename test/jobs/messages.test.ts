import { describe, expect, it } from 'vitest'
import { parseFromJob, parseToJob } from '../../src/main/jobs/messages'
import { selfTestResult, trainSpec } from './specs'

const step = { step: 1, steps: 10, loss: 0.5, learningRate: 1e-3, samplesPerSecond: 12, residentBytes: 1e9, seconds: 1.5 }

describe('messages to a job', () => {
  it.each([
    { type: 'start', spec: trainSpec },
    { type: 'start', spec: { ...trainSpec, windows: [{ row: 0, col: 0, rows: 8, cols: 8 }, null], minutes: 0.5, kernel: { kind: 'gaussian', sigma: 1.2 } } },
    { type: 'pause' }, { type: 'resume' }, { type: 'cancel' }, { type: 'stop-and-keep' },
  ])('%j arrives as it was sent', (message) => {
    expect(parseToJob(message)).toEqual(message)
  })

  it.each([
    [{ type: 'begin' }, 'type'],
    [null, 'message'],
    [{ type: 'start' }, 'spec'],
    [{ type: 'start', spec: { ...trainSpec, scale: 5 } }, 'spec.scale'],
    [{ type: 'start', spec: { ...trainSpec, scenes: [] } }, 'spec.scenes'],
    [{ type: 'start', spec: { ...trainSpec, seed: 1.5 } }, 'spec.seed'],
    [{ type: 'start', spec: { ...trainSpec, kernel: { kind: 'gaussian', sigma: 0 } } }, 'spec.kernel.sigma'],
    [{ type: 'start', spec: { ...trainSpec, minutes: undefined } }, 'spec.minutes'],
    [{ type: 'start', spec: { ...trainSpec, windows: [{ row: 0, col: 0, rows: 0, cols: 8 }] } }, 'spec.windows.0.rows'],
    [{ type: 'start', spec: { ...trainSpec, epochs: 3 } }, 'epochs'],
  ])('%j is refused, naming %s', (message, field) => {
    expect(() => parseToJob(message)).toThrow(field)
  })
})

describe('messages from a job', () => {
  it.each([
    { type: 'ready' },
    { type: 'progress', progress: { span: 'training', done: 1.5, total: 0, unit: 'steps', etaSeconds: null } },
    { type: 'log', level: 'warning', message: 'x' },
    { type: 'event', event: { kind: 'train-step', payload: step } },
    { type: 'done', result: selfTestResult },
    { type: 'failed', error: { tag: 'io', message: 'the disk is full', file: '/x', remedy: 'Free some space.' } },
  ])('%j arrives as it was sent', (message) => {
    expect(parseFromJob(message)).toEqual(message)
  })

  it('lets measured numbers be infinite or not a number', () => {
    const payload = { ...step, loss: NaN, samplesPerSecond: Infinity }
    expect(parseFromJob({ type: 'event', event: { kind: 'train-step', payload } })).toEqual({ type: 'event', event: { kind: 'train-step', payload } })
  })

  it.each([
    [{ type: 'progress', progress: { span: 'x', done: NaN, total: 1, unit: 'steps', etaSeconds: null } }, 'progress.done'],
    [{ type: 'event', event: { kind: 'surprise', payload: {} } }, 'event.kind'],
    [{ type: 'event', event: { kind: 'train-step', payload: { ...step, loss: '0.5' } } }, 'event.payload.loss'],
    [{ type: 'failed', error: { tag: 'bad-luck', message: 'x' } }, 'error.tag'],
  ])('%j is refused, naming %s', (message, field) => {
    expect(() => parseFromJob(message)).toThrow(field)
  })
})
