import { describe, expect, it } from 'vitest'
import { RunHistory } from '../../../src/renderer/training/run-history'
import { hasSeconds, linesToBeat, lossSeries, qualitySeries } from '../../../src/renderer/training/run-series'

function historyOf(seconds: number): RunHistory {
  const history = new RunHistory()
  history.add({
    steps: { step: [1, 2], loss: [0.5, 0.25], learningRate: [1e-4, 1e-4], samplesPerSecond: [80, 80], residentBytes: [1e9, 1e9], seconds: [seconds, seconds + 1] },
    validations: { step: [0, 2], psnr: [30, 31], samDegrees: [2, 1.5], seconds: [0.5, seconds + 1.5] },
    lines: { bicubicPsnr: 28, backProjectionPsnr: 29, basePsnr: 30 }, log: [],
  })
  return history
}

describe('curves of a run', () => {
  const runs = [{ name: 'field', history: historyOf(3) }]

  it('stand over steps or over seconds of work', () => {
    const x = (axis: 'step' | 'seconds'): number[][] => [qualitySeries(runs, 'psnr', axis), lossSeries(runs, 0, axis)].map(([curve]) => [...Array.from(curve?.x ?? [])])
    expect(x('step')).toEqual([[0, 2], [1, 2]])
    expect(x('seconds')).toEqual([[0.5, 4.5], [3, 4]])
    expect(Array.from(qualitySeries(runs, 'samDegrees', 'seconds')[0]?.y ?? [])).toEqual([2, 1.5])
  })

  it('have no seconds where one value of an older program lacks them', () => {
    expect(hasSeconds(historyOf(3))).toBe(true)
    expect(hasSeconds(historyOf(NaN))).toBe(false)
    expect(hasSeconds(new RunHistory())).toBe(true)
  })

  it('are compared with bicubic, back-projection and the weights that training began with', () => {
    expect(linesToBeat(historyOf(3)).map(({ label, value }) => [label, value])).toEqual([['bicubic', 28], ['back-projection', 29], ['base weights', 30]])
    expect(linesToBeat(new RunHistory())).toEqual([])
  })
})
