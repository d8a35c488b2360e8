import { afterEach, describe, expect, it, vi } from 'vitest'
import { Random } from '../../src/main/common/random'
import { Adam } from '../../src/main/model/adam'
import { compiledFor, withoutGraphs, type TensorFunction } from '../../src/main/model/graph/compiled'
import { nativeBackend } from '../../src/main/model/native-operation'
import { softmax } from '../../src/main/model/softmax'
import { defaultStudioShape } from '../../src/main/model/studio/shape'
import { studioLayout } from '../../src/main/model/studio/network'
import { trainStudioStep } from '../../src/main/model/studio/train-step'
import { tf, type Tensor, type Tensor3D, type Tensor4D } from '../../src/main/model/tensorflow'
import { expectClose, filled, filledTensor } from './reference'

afterEach(() => { vi.restoreAllMocks() })

let runs = 0

/** Operations of many kinds: several outputs, constants, comparisons, lists among the attributes, a kernel asked for by name. */
const mixed: TensorFunction = ([x, kernel]) => {
  runs++
  const convolved = tf.conv2d(x as Tensor4D, kernel as Tensor4D, 1, 'same')
  const [first, second] = tf.split(convolved, 2, 3) as [Tensor4D, Tensor4D]
  const larger = tf.where(first.greater(second), first, tf.maxPool(second, 3, 1, 'same').mul(-0.5))
  const [n, rows, cols, channels] = larger.shape
  const scores = larger.reshape<Tensor3D>([n, rows * cols, channels])
  return [softmax(tf.matMul(scores, scores, false, true)), larger.mean([1, 2])]
}

const inputs = (name: string, rows: number): Tensor[] => [filledTensor(`${name}/input`, 2, rows, 4, 3), filledTensor(`${name}/kernel`, 3, 3, 3, 6)]

describe('a compiled function', () => {
  it('gives for other values and shapes what its operations give one by one', () => {
    const graph = compiledFor(() => mixed)({})
    for (const [name, rows] of [['a', 5], ['b', 5], ['c', 3]] as const) {
      const [values, plain] = [graph(inputs(name, rows)), mixed(inputs(name, rows))]
      values.forEach((value, index) => {
        const expected = plain[index] as Tensor
        expect(value.shape).toEqual(expected.shape)
        expectClose(value, [...expected.dataSync()], { relative: 1e-6 })
      })
    }
  })

  it('is run in JavaScript once for every shape of its inputs, and for equal keys together', () => {
    const graphs = compiledFor<{ scale: number }>(() => mixed)
    const before = runs
    for (const name of ['a', 'b', 'c']) graphs({ scale: 2 })(inputs(name, 5))
    expect(runs - before).toBe(1)
    graphs({ scale: 2 })(inputs('a', 4))
    graphs({ scale: 3 })(inputs('a', 5))
    expect(runs - before).toBe(3)
  })

  it('keeps no tensors', () => {
    const graph = compiledFor(() => mixed)({})
    const held = inputs('a', 5)
    const before = tf.memory().numTensors
    for (let call = 0; call < 3; call++) tf.dispose(graph(held))
    expect(tf.memory().numTensors).toBe(before)
  })

  it('runs operation by operation where TensorFlow cannot load the graph', () => {
    vi.spyOn(nativeBackend(), 'loadSavedModelMetaGraph').mockImplementation(() => { throw new Error('no such folder') })
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined)
    const graph = compiledFor(() => mixed)({})
    for (const name of ['a', 'b']) expectClose(graph(inputs(name, 5))[1] as Tensor, [...(mixed(inputs(name, 5))[1] as Tensor).dataSync()], { relative: 1e-6 })
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/one by one.*: no such folder$/)]])
  })

  it('trains as its operations do one by one', async () => {
    const shape = { ...defaultStudioShape(2), channels: 8, blocks: 2, heads: 2 }
    const layout = studioLayout(shape)
    const crops = { count: 2, crop: 12, scale: 2, input: filled('crops/input', [2, 12, 12, 4]), target: filled('target/input', [2, 24, 24, 1]) }
    const train = (): Promise<Float32Array> => {
      const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0, clipNorm: 1, averageDecay: 0 }
      const adam = new Adam(options, Adam.start(layout.initialise(Random.fromSeed(3))), layout.decayMask())
      for (let step = 0; step < 5; step++) trainStudioStep(adam, shape, crops, 1e-3)
      return Promise.resolve(adam.state().weights)
    }
    const start = layout.initialise(Random.fromSeed(3))
    const [graph, plain] = [await train(), await withoutGraphs(train)]
    expect(Math.max(...plain.map((weight, index) => Math.abs(weight - (start[index] as number))))).toBeGreaterThan(4e-3)
    // Adam turns rounding noise of gradients that are zero in truth into steps of its own: nearly all weights must agree
    const apart = graph.filter((weight, index) => Math.abs(weight - (plain[index] as number)) > 1e-4).length
    expect(apart / graph.length).toBeLessThan(0.01)
  })
})
