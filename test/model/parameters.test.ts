import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import { ParameterLayout, ParameterList } from '../../src/main/model/parameters'
import { tf } from '../../src/main/model/tensorflow'

const list = new ParameterList().convolution('conv', 3, 40, 50).normalisation('norm', 50).dense('dense', 300, 100, 'glorot-uniform')
const layout = new ParameterLayout(list.specs)

describe('parameter layout', () => {
  it('splits, names and joins without loss, in order', () => {
    const flat = tf.tensor1d(Float32Array.from({ length: layout.size }, (_, index) => index))
    const parts = layout.split(flat)
    expect(parts.map((part) => part.shape)).toEqual(list.specs.map((spec) => spec.shape))
    expect(layout.named(parts)['norm/gamma']?.dataSync()[0]).toBe(9 * 40 * 50 + 50)
    expect(layout.join(parts).dataSync()).toEqual(flat.dataSync())
  })

  it('initialises the same for the same seed, with the spread each kind asks for', () => {
    const values = layout.initialise(Random.fromSeed(5))
    expect(layout.initialise(Random.fromSeed(5))).toEqual(values)
    expect(layout.initialise(Random.fromSeed(6))).not.toEqual(values)
    const parts = new Map<string, Float32Array>()
    let start = 0
    for (const { name, shape } of list.specs) {
      const size = shape.reduce((product, side) => product * side, 1)
      parts.set(name, values.subarray(start, start += size))
    }
    const deviation = (name: string): number => Math.sqrt((parts.get(name) as Float32Array).reduce((sum, value) => sum + value ** 2, 0) / (parts.get(name) as Float32Array).length)
    // He et al. 2015: 2 / fan in; Glorot & Bengio 2010: 2 / (fan in + fan out), uniform with limit sqrt(3) deviations
    expect(deviation('conv/kernel')).toBeCloseTo(Math.sqrt(2 / 360), 3)
    expect(deviation('dense/kernel')).toBeCloseTo(Math.sqrt(2 / 400), 3)
    expect(Math.max(...(parts.get('dense/kernel') as Float32Array).map(Math.abs))).toBeLessThanOrEqual(Math.sqrt(6 / 400))
    expect(new Set(parts.get('norm/gamma'))).toEqual(new Set([1]))
    expect(new Set([...(parts.get('conv/bias') as Float32Array), ...(parts.get('norm/beta') as Float32Array)])).toEqual(new Set([0]))
  })

  it('decays kernels only', () => {
    expect(layout.decayMask().reduce((sum, value) => sum + value, 0)).toBe(9 * 40 * 50 + 300 * 100)
    expect(layout.decayMask()[9 * 40 * 50]).toBe(0)
  })

  it('refuses two parameters of one name', () => {
    expect(() => new ParameterLayout([...list.specs, ...list.specs])).toThrow(/same name/)
  })
})
