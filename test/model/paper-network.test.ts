import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { Random } from '../../src/main/common/random'
import { Adam } from '../../src/main/model/adam'
import { paperLoss } from '../../src/main/model/losses'
import { paperBuffers, paperForward, paperLayout } from '../../src/main/model/paper/network'
import { paperShape, paperShapeSchema } from '../../src/main/model/paper/shape'
import { trainPaperStep, updateBuffers } from '../../src/main/model/paper/train-step'
import type { ParameterLayout } from '../../src/main/model/parameters'
import { tf, type Tensor, type Tensor1D, type Tensor4D } from '../../src/main/model/tensorflow'
import { expectClose, filledParameters, filledTensor, hashed, reference } from './reference'

/** Numbers of parameters by the first part of their names. */
function counts(layout: ParameterLayout): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const { name, shape } of layout.specs) {
    const group = name.split('/')[0] as string
    sums[group] = (sums[group] ?? 0) + shape.reduce((product, side) => product * side, 1)
  }
  return sums
}

describe('parameters', () => {
  // trainable ones; batch normalisation has as many stored statistics as gains and shifts: 2 a filter
  const blocks = { block32: 15_792 - 64, block64: 62_304 - 128, block128: 247_488 - 256 }
  const up256 = 2 * 1_048_832 + 512
  const up128 = 2 * 1_048_704 + 256
  it.each([
    [2, 2_571_760, { ...blocks, up256, output: 147_488 }],
    [4, 4_595_952, { ...blocks, up256, up128, output: 73_760 }],
    [8, 4_662_608, { ...blocks, up256, up128, up16: 2 * 65_552 + 32, output: 9_248 }],
  ])('of the %ix network are those published', (scale, published, byLayer) => {
    const shape = paperShape(scale)
    const layout = paperLayout(shape)
    expect(layout.size + paperBuffers(shape).size).toBe(published)
    expect(counts(layout)).toEqual(byLayer)
  })

  it('refuses a scale that was not published, with what to do', () => {
    expect(() => paperShape(3)).toThrow(StudioError)
    expect(() => paperShape(3)).toThrow(/no 3x network/)
    expect(paperShapeSchema.safeParse({ ...paperShape(2), scale: 3 }).success).toBe(false)
    expect(paperShapeSchema.safeParse({ ...paperShape(2), surplus: 1 }).success).toBe(false)
    expect(paperShapeSchema.safeParse(paperShape(8, 'notebook')).success).toBe(true)
  })
})

describe('the whole network agrees with Keras 3', () => {
  it.each([
    [2, reference.network2, [2, 5, 4, 32], 13],
    [4, reference.network4, [1, 3, 4, 32], 17],
    [8, reference.network8, [1, 2, 3, 32], 29],
  ] as const)('%ix inference', (scale, expected, inputShape, every) => {
    const shape = paperShape(scale)
    const x = filledTensor<Tensor4D>('network/input', ...inputShape)
    tf.tidy(() => {
      const { output, moments } = paperForward(filledParameters(paperLayout(shape).specs), filledParameters(paperBuffers(shape).specs), shape, x, false)
      expect(output.shape).toEqual([inputShape[0], inputShape[1] * scale, inputShape[2] * scale, 32])
      expect(moments).toHaveLength(0)
      expectClose(output, expected.inference, { every })
    })
    expect(expected.parameters).toBe(paperLayout(shape).size + paperBuffers(shape).size)
  })

  it('2x training: output, loss, statistics and the gradient of every parameter', () => {
    const shape = paperShape(2)
    const { specs } = paperLayout(shape)
    const named = filledParameters(specs)
    const x = filledTensor<Tensor4D>('network/input', 2, 5, 4, 32)
    const target = filledTensor<Tensor4D>('target/input', 2, 10, 8, 32)
    const { network2 } = reference
    const { value, grads } = tf.valueAndGrads((...tensors: Tensor[]) => {
      const p = Object.fromEntries(specs.map(({ name }, index) => [name, tensors[index] as Tensor]))
      const { output, moments } = paperForward(p, {}, shape, x, true)
      expectClose(output, network2.training, { every: 13 })
      const bufferSpecs = paperBuffers(shape).specs
      const moved = updateBuffers(tf.concat<Tensor1D>(bufferSpecs.map(({ name, shape }) => filledTensor(name, ...shape))), moments).dataSync()
      let start = 0
      for (const { name, shape: [size] } of bufferSpecs) {
        expectClose(tf.tensor1d(moved.slice(start, start + (size as number))), network2.buffers[name] as number[], { every: 16 })
        start += size as number
      }
      return paperLoss('text', output, target, specs, p).asScalar()
    })(specs.map(({ name }) => named[name] as Tensor))
    expect((value.dataSync()[0] as number) / network2.loss).toBeCloseTo(1, 5)
    specs.forEach(({ name }, index) => {
      const gradient = (grads[index] as Tensor).dataSync<'float32'>()
      const [length, projection] = network2.gradients[name] as [number, number]
      const probe = hashed(`${name}/probe`, gradient.length)
      // the bias before batch normalisation has no effect, and that of the keys none on a softmax: rounding noise there
      const tolerance = 2e-4 * length + 2e-6
      const norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0))
      expect(Math.abs(norm - length), name).toBeLessThan(tolerance)
      expect(Math.abs(gradient.reduce((sum, g, i) => sum + g * (probe[i] as number), 0) - projection), name).toBeLessThan(tolerance)
    })
  })

  it('the notebooks leave the spectral term out of the loss', () => {
    const e = filledTensor<Tensor4D>('estimate/input', 2, 4, 5, 6)
    const r = filledTensor<Tensor4D>('reference/input', 2, 4, 5, 6)
    const at = (variant: 'text' | 'notebook'): number => paperLoss(variant, e, r, [{ name: 'k', shape: [1], init: 'zeros', decays: true }], { k: tf.tensor1d([3]) }).dataSync()[0] as number
    expect(at('notebook')).toBeCloseTo(reference.losses.mse + reference.losses.spatial + 9e-4, 5)
    expect(at('text') - at('notebook')).toBeCloseTo(reference.losses.spectral, 5)
  })
})

describe('training step', () => {
  const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0, clipNorm: Infinity, averageDecay: 0 }

  it('lowers the loss, moves the statistics and frees all it made', () => {
    const shape = paperShape(2)
    const layout = paperLayout(shape)
    const adam = new Adam(options, Adam.start(layout.initialise(Random.fromSeed(7))), layout.decayMask())
    const batch = { lowRes: filledTensor<Tensor4D>('network/input', 2, 4, 4, 32), highRes: filledTensor<Tensor4D>('target/input', 2, 8, 8, 32) }
    let buffers = tf.tensor1d(paperBuffers(shape).initialise(Random.fromSeed(7)))
    const losses: number[] = []
    const tensors: number[] = []
    for (let step = 0; step < 4; step++) {
      const before = buffers.dataSync().slice()
      const trained = trainPaperStep(adam, shape, buffers, batch, 1e-3)
      expect(trained.buffers.dataSync()).not.toEqual(before)
      ;({ buffers } = trained)
      losses.push(trained.loss)
      tensors.push(tf.memory().numTensors)
    }
    expect(losses[3]).toBeLessThan((losses[0] as number) * 0.8)
    expect(new Set(tensors).size).toBe(1)
    const inference = tf.memory().numTensors
    const output = tf.tidy(() => paperForward(layout.named(layout.split(adam.weights)), paperBuffers(shape).named(paperBuffers(shape).split(buffers)), shape, batch.lowRes, false).output)
    output.dispose()
    expect(tf.memory().numTensors).toBe(inference)
    adam.dispose()
    tf.dispose([buffers, batch.lowRes, batch.highRes])
  })

  it('reports divergence and changes nothing', () => {
    const shape = paperShape(2)
    const layout = paperLayout(shape)
    const start = layout.initialise(Random.fromSeed(7))
    const adam = new Adam(options, Adam.start(start), layout.decayMask())
    const buffers = tf.tensor1d(paperBuffers(shape).initialise(Random.fromSeed(7)))
    const batch = { lowRes: filledTensor<Tensor4D>('network/input', 1, 2, 2, 32), highRes: tf.tensor4d(new Float32Array(512).fill(NaN), [1, 4, 4, 32]) }
    const count = tf.memory().numTensors
    expect(() => trainPaperStep(adam, shape, buffers, batch, 1e-3)).toThrow(/unstable/)
    expect(tf.memory().numTensors).toBe(count)
    expect(Buffer.from(adam.state().weights.buffer).equals(Buffer.from(start.buffer))).toBe(true)
    expect(buffers.isDisposed).toBe(false)
  })
})
