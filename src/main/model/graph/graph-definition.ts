import type { TFEOpAttr, TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding'
import { floatField, integerField, messageField, textField } from './protocol-buffer'

/** TensorFlow's numbers for the types of tensors that a network is made of. */
const TYPES: Readonly<Record<string, number>> = { float32: 1, int32: 3, bool: 10 }

/** The version of graphs whose rules this file follows (TensorFlow 2.21 reads those since 0). */
const PRODUCER = 1882

/** Attributes that TensorFlow finds out by itself for an operation that it runs at once, but not in a graph. */
const IMPLIED: Readonly<Record<string, string>> = { FusedBatchNormV3: 'U', FusedBatchNormGradV3: 'U' }

/** oneDNN's kernels that are asked for by name; in a graph TensorFlow puts them in place of the plain ones by itself. */
const PLAIN: Readonly<Record<string, string>> = { _MklSoftmax: 'Softmax' }

/** A TensorFlow graph that is being written (graph.proto, node_def.proto, attr_value.proto, saved_model.proto). Nodes are named by what adds them. */
export class GraphDefinition {
  private readonly nodes: Buffer[] = []

  constructor(private readonly binding: TFJSBinding) {}

  /** A place for an input of the graph, float32. */
  placeholder(shape: readonly number[]): string {
    return this.add('Placeholder', [], [attribute('dtype', integerField(6, TYPES.float32 as number)), attribute('shape', messageField(7, dimensions(shape)))])
  }

  constant(dtype: string, shape: readonly number[], values: Buffer): string {
    const type = TYPES[dtype]
    if (type === undefined) throw new Error(`A graph of ours has no tensors of type ${dtype}.`)
    const tensor = messageField(8, integerField(1, type), messageField(2, dimensions(shape)), messageField(4, values))
    return this.add('Const', [], [attribute('dtype', integerField(6, type)), attribute('value', tensor)])
  }

  /** `inputs` are names of nodes, `name:i` for an output other than the first, `^name` for one that must have run before. */
  operation(name: string, attributes: readonly TFEOpAttr[], inputs: readonly string[]): string {
    const plain = PLAIN[name] ?? name
    const implied = IMPLIED[plain]
    // names with an underscore are hints for running at once
    const given = attributes.filter((one) => !one.name.startsWith('_')).map((one) => attribute(one.name, this.value(one)))
    return this.add(plain, inputs, implied === undefined ? given : [...given, attribute(implied, integerField(6, TYPES.float32 as number))])
  }

  /**
   * The sum of two tensors of `shape`, one of them a sum itself. TensorFlow makes one operation of sums of sums, with its terms in
   * an order that differs from process to process, and so do the last bits of the result. It does not where shapes differ.
   */
  separateSum(attributes: readonly TFEOpAttr[], inputs: readonly string[], shape: readonly number[]): string {
    const flat = inputs.map((input) => this.reshaped(input, [-1]))
    return this.reshaped(this.operation('Add', attributes, flat), shape)
  }

  private reshaped(input: string, shape: readonly number[]): string {
    const { TF_ATTR_TYPE, TF_FLOAT, TF_INT32 } = this.binding
    const sides = this.constant('int32', [shape.length], Buffer.from(Int32Array.from(shape).buffer))
    return this.operation('Reshape', [{ name: 'T', type: TF_ATTR_TYPE, value: TF_FLOAT }, { name: 'Tshape', type: TF_ATTR_TYPE, value: TF_INT32 }], [input, sides])
  }

  /** The file `saved_model.pb` of a folder that TensorFlow loads under the tag 'serve'. */
  savedModel(): Buffer {
    const graph = messageField(2, ...this.nodes, messageField(4, integerField(1, PRODUCER)))
    return Buffer.concat([integerField(1, 1), messageField(2, messageField(1, textField(4, 'serve')), graph)])
  }

  private add(operation: string, inputs: readonly string[], attributes: readonly Buffer[]): string {
    const name = `node${this.nodes.length}`
    this.nodes.push(messageField(1, textField(1, name), textField(2, operation), ...inputs.map((input) => textField(3, input)), ...attributes))
    return name
  }

  private value({ name, type, value }: TFEOpAttr): Buffer {
    const { binding } = this
    if (type === binding.TF_ATTR_STRING && typeof value === 'string') return textField(2, value)
    if (type === binding.TF_ATTR_BOOL && typeof value === 'boolean') return integerField(5, Number(value))
    if (Array.isArray(value) && type === binding.TF_ATTR_INT) return messageField(1, ...value.map((one) => integerField(3, one as number)))
    if (typeof value === 'number') {
      if (type === binding.TF_ATTR_TYPE) return integerField(6, value)
      if (type === binding.TF_ATTR_FLOAT) return floatField(4, value)
      if (type === binding.TF_ATTR_INT) return integerField(3, value)
    }
    throw new Error(`A graph of ours has no attributes such as ${name}.`)
  }
}

function attribute(name: string, value: Buffer): Buffer {
  return messageField(5, textField(1, name), messageField(2, value))
}

function dimensions(shape: readonly number[]): Buffer {
  return Buffer.concat(shape.map((side) => messageField(2, integerField(1, side))))
}
