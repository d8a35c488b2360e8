import { describe, expect, it } from 'vitest'
import type { RunCurves } from '../../../src/preload/contract'
import { GrowingValues } from '../../../src/renderer/training/growing-values'
import { RunHistory } from '../../../src/renderer/training/run-history'

function curves(first: number, last: number): RunCurves {
  const step = Array.from({ length: last - first + 1 }, (_, i) => first + i)
  return {
    steps: { step, loss: step.map((n) => 1 / n), learningRate: step.map(() => 1e-4), samplesPerSecond: step.map(() => 80), residentBytes: step.map(() => 1e9), seconds: step.map((n) => n / 10) },
    validations: { step: [last], psnr: [30 + last / 100], samDegrees: [2], seconds: [last / 10] },
    lines: { bicubicPsnr: 28, backProjectionPsnr: 29, basePsnr: null },
    log: [],
  }
}

describe('GrowingValues', () => {
  it('keeps all values over many additions', () => {
    const values = new GrowingValues()
    expect(values.last).toBeNull()
    for (let i = 0; i < 2000; i++) values.add([i])
    values.add(Float64Array.from({ length: 3000 }, (_, i) => 2000 + i))
    expect(values.length).toBe(5000)
    expect([...values.values].every((value, index) => value === index)).toBe(true)
    expect(values.last).toBe(4999)
  })
})

describe('RunHistory', () => {
  it('grows', () => {
    const history = new RunHistory()
    history.add(curves(1, 10))
    history.add(curves(11, 12))
    expect([...history.steps.step.values]).toEqual(Array.from({ length: 12 }, (_, i) => i + 1))
    expect(history.steps.loss.length).toBe(12)
    expect([...history.validations.step.values]).toEqual([10, 12])
    expect(history.lines?.bicubicPsnr).toBe(28)
  })

  it('goes back to where a continued run begins', () => {
    const history = new RunHistory()
    history.add(curves(1, 10))
    history.add(curves(6, 7))
    expect([...history.steps.step.values]).toEqual([1, 2, 3, 4, 5, 6, 7])
    expect(history.steps.loss.length).toBe(7)
    expect([...history.validations.step.values]).toEqual([7])
  })
})
