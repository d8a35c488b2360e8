import { runsOnCard } from '../native-operation'
import type { Tensor } from '../tensorflow'
import { recordGraph, type LoadedGraph } from './recorded-graph'

/** Float32 tensors in, tensors out. */
export type TensorFunction = (inputs: readonly Tensor[]) => Tensor[]

let enabled = true

/** Runs `work` with every compiled function run operation by operation, as a profile of its operations needs. */
export async function withoutGraphs<T>(work: () => Promise<T>): Promise<T> {
  enabled = false
  try {
    return await work()
  } finally {
    enabled = true
  }
}

/**
 * `f` as one TensorFlow graph, made at the first call with inputs of new shapes, which takes a second or two: then no
 * JavaScript runs between operations, and independent ones run side by side. The conditions are those of `recordGraph`.
 * Operation by operation on a graphics card, or, with a warning on the console, where TensorFlow cannot load the graph.
 */
function compiled(f: TensorFunction): TensorFunction {
  const graphs = new Map<string, LoadedGraph>()
  return (inputs) => {
    if (!enabled || runsOnCard()) return f(inputs)
    const key = inputs.map(({ shape }) => shape.join()).join(';')
    let graph = graphs.get(key)
    if (graph === undefined) {
      graph = recordedOrPlain(f, inputs)
      graphs.set(key, graph)
    }
    return graph(inputs)
  }
}

/** `compiled` of what `make` gives, once for all keys that are equal as JSON. */
export function compiledFor<K extends object>(make: (key: K) => TensorFunction): (key: K) => TensorFunction {
  const known = new Map<string, TensorFunction>()
  return (key) => {
    const text = JSON.stringify(key)
    const made = known.get(text) ?? compiled(make(key))
    known.set(text, made)
    return made
  }
}

function recordedOrPlain(f: TensorFunction, inputs: readonly Tensor[]): LoadedGraph {
  try {
    return recordGraph(f, inputs)
  } catch (cause) {
    console.warn(`TensorFlow could not load a graph, so its operations run one by one, which is slower: ${cause instanceof Error ? cause.message : String(cause)}`)
    return f
  }
}
