import { StudioError } from '../common/errors'
import type { Random } from '../common/random'
import { tf, type Tensor, type Tensor1D } from './tensorflow'

/** How a parameter starts; fans are those of its shape, kernels being [height, width, in, out] or [in, out]. */
export type Initializer = 'he-normal' | 'glorot-uniform' | 'zeros' | 'ones'

export interface ParameterSpec {
  name: string
  shape: number[]
  init: Initializer
  /** Kernels are subject to weight decay; biases, gains and position tables are not. */
  decays: boolean
}

/** Tensors by name, views into one flat vector. */
export type Parameters = Readonly<Record<string, Tensor>>

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1)
}

/**
 * The trainable parameters of a network as one flat vector. Optimizer, moving average, checkpoint and gradient norm then
 * are a few operations on one vector rather than a few for each of a hundred tensors.
 */
export class ParameterLayout {
  readonly size: number

  constructor(readonly specs: readonly ParameterSpec[]) {
    if (new Set(specs.map((spec) => spec.name)).size !== specs.length) {
      throw new StudioError('invalid-argument', 'Two parameters of the network have the same name.')
    }
    this.size = specs.reduce((sum, spec) => sum + sizeOf(spec.shape), 0)
  }

  /** Fresh values [size], drawn in the order of the specs: the same for the same seed on every machine. */
  initialise(random: Random): Float32Array {
    const flat = new Float32Array(this.size)
    let start = 0
    for (const { shape, init } of this.specs) {
      const size = sizeOf(shape)
      const receptive = sizeOf(shape.slice(0, -2))
      const fanIn = receptive * (shape[shape.length - 2] ?? 1)
      const fanOut = receptive * (shape[shape.length - 1] ?? 1)
      const limit = Math.sqrt(6 / (fanIn + fanOut))
      const deviation = Math.sqrt(2 / fanIn)
      for (let i = start; i < start + size; i++) {
        switch (init) {
          case 'he-normal': flat[i] = deviation * random.normal(); break
          case 'glorot-uniform': flat[i] = limit * (2 * random.uniform() - 1); break
          case 'ones': flat[i] = 1; break
          case 'zeros': break
        }
      }
      start += size
    }
    return flat
  }

  /** 1 where weight decay applies, 0 elsewhere; [size]. */
  decayMask(): Float32Array {
    const mask = new Float32Array(this.size)
    let start = 0
    for (const { shape, decays } of this.specs) {
      const end = start + sizeOf(shape)
      if (decays) mask.fill(1, start, end)
      start = end
    }
    return mask
  }

  /** The parameters as separate tensors, in the order of the specs (call inside `tf.tidy`). */
  split(flat: Tensor1D): Tensor[] {
    const parts = tf.split(flat, this.specs.map((spec) => sizeOf(spec.shape)))
    return parts.map((part, index) => part.reshape((this.specs[index] as ParameterSpec).shape))
  }

  /** Tensors in the order of the specs, by name. */
  named(tensors: readonly Tensor[]): Parameters {
    return Object.fromEntries(this.specs.map((spec, index) => [spec.name, tensors[index] as Tensor]))
  }

  /** Gradients (or any tensors in the order of the specs) back to one vector [size]. */
  join(tensors: readonly Tensor[]): Tensor1D {
    return tf.concat(tensors.map((tensor) => tensor.flatten()))
  }
}

/** Collects parameter specs while a network is described. */
export class ParameterList {
  readonly specs: ParameterSpec[] = []

  convolution(name: string, size: number, inputs: number, outputs: number, init: Initializer = 'he-normal'): this {
    return this.add(`${name}/kernel`, [size, size, inputs, outputs], init, true).add(`${name}/bias`, [outputs], 'zeros', false)
  }

  dense(name: string, inputs: number, outputs: number, init: Initializer): this {
    return this.add(`${name}/kernel`, [inputs, outputs], init, true).add(`${name}/bias`, [outputs], 'zeros', false)
  }

  normalisation(name: string, channels: number): this {
    return this.add(`${name}/gamma`, [channels], 'ones', false).add(`${name}/beta`, [channels], 'zeros', false)
  }

  add(name: string, shape: number[], init: Initializer, decays: boolean): this {
    this.specs.push({ name, shape, init, decays })
    return this
  }
}
