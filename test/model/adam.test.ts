import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { Adam, type AdamOptions, type AdamState } from '../../src/main/model/adam'
import { tf } from '../../src/main/model/tensorflow'
import { expectClose, reference } from './reference'

const { gradients, rates, weights, averages, largeEpsilon } = reference.adam
const start = Float32Array.of(1, -2, 3, -4)
const decays = Float32Array.of(1, 1, 0, 0)
const options: AdamOptions = { beta1: 0.9, beta2: 0.98, epsilon: 1e-9, weightDecay: 0.2, clipNorm: 2, averageDecay: 0.3 }

function step(adam: Adam, index: number): void {
  const gradient = tf.tensor1d(gradients[index] as number[])
  adam.update(gradient, rates[index] as number)
  gradient.dispose()
}

describe('Adam', () => {
  it('follows Keras AdamW with global clipping and decay of some weights, and averages', () => {
    const adam = new Adam(options, Adam.start(start.slice()), decays)
    rates.forEach((_, index) => {
      step(adam, index)
      expectClose(adam.weights, weights[index] as number[], { relative: 1e-5 })
      expectClose(adam.average, averages[index] as number[], { relative: 1e-5 })
    })
    adam.dispose()
  })

  it('adds epsilon where Loshchilov and Hutter do', () => {
    const adam = new Adam({ ...options, epsilon: 0.5, weightDecay: 0, clipNorm: Infinity }, Adam.start(start.slice()), decays)
    rates.forEach((_, index) => {
      step(adam, index)
      expectClose(adam.weights, largeEpsilon[index] as number[], { relative: 1e-5 })
    })
    adam.dispose()
  })

  it('goes on from a saved state exactly as if it had not stopped', () => {
    const whole = new Adam(options, Adam.start(start.slice()), decays)
    const first = new Adam(options, Adam.start(start.slice()), decays)
    for (let index = 0; index < 3; index++) [whole, first].forEach((adam) => step(adam, index))
    const saved = first.state()
    // a state is a copy: what the optimizer does later leaves it alone
    step(first, 3)
    const second = new Adam(options, saved, decays)
    for (let index = 3; index < 6; index++) [whole, second].forEach((adam) => step(adam, index))
    expect(second.state()).toEqual(whole.state())
    ;[whole, first, second].forEach((adam) => adam.dispose())
  })

  it('holds as many tensors after any number of steps, none when disposed, and refuses a foreign state', () => {
    const none = tf.memory().numTensors
    const adam = new Adam(options, Adam.start(start.slice()), decays)
    const held = tf.memory().numTensors
    for (let index = 0; index < 6; index++) step(adam, index)
    expect(tf.memory().numTensors).toBe(held)
    adam.dispose()
    expect(tf.memory().numTensors).toBe(none)
    const foreign: AdamState = { ...Adam.start(start.slice()), velocity: new Float32Array(3) }
    expect(() => new Adam(options, foreign, decays)).toThrow(StudioError)
  })
})
