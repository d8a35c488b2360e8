import { readFileSync } from 'node:fs'
import { expect } from 'vitest'
import type { ParameterSpec } from '../../src/main/model/parameters'
import { tf, type Tensor } from '../../src/main/model/tensorflow'

interface NetworkReference {
  parameters: number
  inference: number[]
}

interface Reference {
  layers: Record<'attention' | 'layerNorm' | 'batchNormInference' | 'batchNormTraining' | 'batchNormMoved' | 'channelGate' | 'transposed', number[]>
  block64: number[]
  up16: number[]
  network2: NetworkReference & { training: number[]; loss: number; gradients: Record<string, [number, number]>; buffers: Record<string, number[]> }
  network4: NetworkReference
  network8: NetworkReference
  windowAttention: number[]
  studio: number[]
  adam: { gradients: number[][]; rates: number[]; weights: number[][]; averages: number[][]; largeEpsilon: number[][] }
  losses: Record<'mse' | 'spatial' | 'spectral', number>
}

/** What Keras 3 and numpy computed; see reference.py beside this file. */
export const reference = JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Reference

/** `hashed` of reference.py: `size` numbers in [-1, 1). */
export function hashed(name: string, size: number): Float64Array {
  let seed = 2166136261
  for (const byte of Buffer.from(name)) seed = Math.imul(seed ^ byte, 16777619)
  const values = new Float64Array(size)
  for (let index = 0; index < size; index++) {
    let h = index ^ seed
    h ^= h >>> 16
    h = Math.imul(h, 0x85ebca6b)
    h ^= h >>> 13
    h = Math.imul(h, 0xc2b2ae35)
    h ^= h >>> 16
    values[index] = (h >>> 0) / 2 ** 31 - 1
  }
  return values
}

/** Offset and factor of `filled` in reference.py: the spread follows from the last part of the name. */
function spread(name: string, shape: readonly number[], size: number): [number, number] {
  switch (name.slice(name.lastIndexOf('/') + 1)) {
    case 'kernel': return [0, 2 * Math.sqrt((3 * (shape[shape.length - 1] as number)) / size)]
    case 'gamma': case 'variance': return [1, 0.5]
    case 'input': return [0, 1]
    default: return [0, 0.3]
  }
}

/** `filled` of reference.py. */
export function filled(name: string, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, side) => product * side, 1)
  const [offset, factor] = spread(name, shape, size)
  const values = new Float32Array(size)
  hashed(name, size).forEach((value, index) => { values[index] = offset + factor * value })
  return values
}

export function filledTensor<T extends Tensor = Tensor>(name: string, ...shape: number[]): T {
  return tf.tensor(filled(name, shape), shape) as T
}

/** All parameters of a description by name. */
export function filledParameters(specs: readonly ParameterSpec[]): Record<string, Tensor> {
  return Object.fromEntries(specs.map(({ name, shape }) => [name, filledTensor(name, ...shape)]))
}

/** Every `every`-th value against the reference, with a tolerance relative to the greatest reference value. */
export function expectClose(actual: Tensor, expected: readonly number[], { every = 1, relative = 2e-5 } = {}): void {
  const values = actual.dataSync().filter((_, index) => index % every === 0)
  expect(values).toHaveLength(expected.length)
  const peak = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const worst = expected.reduce((most, value, index) => Math.max(most, Math.abs(value - (values[index] as number))), 0)
  expect(worst / peak).toBeLessThan(relative)
}
