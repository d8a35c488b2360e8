import { describe, expect, it } from 'vitest'
import { benchScript } from './bench-scripts'

const { median, medianRun, quantile, signalToNoiseDb, interleaved } = await benchScript('statistics.mjs')

describe('statistics of the benchmark', () => {
  it('takes the middle value whatever the order, and the mean of two', () => {
    expect(median([9, 1, 100])).toBe(9)
    expect(median([10, 2, 4, 1])).toBe(3)
    expect(median([])).toBeNaN()
  })

  it('takes the value below which a share lies, whatever the order', () => {
    expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3)
    expect(quantile([5, 1, 4, 2, 3], 0.99)).toBe(5)
    expect(quantile([], 0.5)).toBeNaN()
  })

  it('takes medians field by field and leaves out what is no number', () => {
    expect(medianRun([{ wall: 3, cpu: 1, name: 'a' }, { wall: 1, cpu: 2, name: 'b' }, { wall: 2, cpu: 9, name: 'c' }])).toEqual({ wall: 2, cpu: 2 })
  })

  it('gives the distance of two outputs in dB', () => {
    const reference = Float32Array.of(3, 4)
    // a tenth of the amplitude is a hundredth of the energy
    expect(signalToNoiseDb(reference, Float32Array.of(3, 4.5))).toBeCloseTo(20, 5)
    expect(signalToNoiseDb(reference, reference)).toBe(Infinity)
    expect(() => signalToNoiseDb(reference, new Float32Array(3))).toThrow(/2 values.*3/)
  })

  it('runs the two sides in turn', async () => {
    const order: string[] = []
    const run = (name: string) => (): Promise<string> => {
      order.push(name)
      return Promise.resolve(name)
    }
    expect(await interleaved(2, run('a'), run('b'))).toEqual([['a', 'a'], ['b', 'b']])
    expect(order).toEqual(['a', 'b', 'a', 'b'])
    expect(await interleaved(2, run('a'), null)).toEqual([['a', 'a'], []])
  })
})
