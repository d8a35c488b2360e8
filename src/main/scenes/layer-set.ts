import { StudioError } from '../common/errors'
import { readWindow, type CubeReader } from '../cube/cube-reader'
import { derivedReader } from './derived-reader'
import { floatHeader } from './float-header'
import { Layer } from './layer'
import { openScene } from './open-scene'
import type { DerivedSource, OpenedScene, SceneSource } from './scene-messages'

/** Scenes whose files are kept open: each may hold some hundred megabytes of decoded blocks. */
const MOST_OPEN = 6

/** The layers that main has told of, the one used longest ago first. */
export class LayerSet {
  private readonly layers = new Map<string, Layer>()
  /** Those that are computed of others and hold no files. */
  private readonly derived = new Map<string, Layer>()

  constructor(private readonly mostOpen = MOST_OPEN) {}

  /** Makes a layer known at once, in place of an earlier one of this name, and opens it; when that fails, so do questions about it. */
  async open(name: string, source: SceneSource): Promise<OpenedScene> {
    const layer = new Layer(async () => {
      const { reader, ...about } = await openScene(source)
      return { reader, about }
    })
    await this.put(this.layers, name, layer)
    const opened = await layer.describe()
    await this.closeUnused()
    return opened
  }

  /** Makes a layer known that is computed of two others, in place of an earlier one of this name; they are opened when it is asked something. */
  async derive(name: string, source: DerivedSource): Promise<void> {
    await this.put(this.derived, name, new Layer(async () => {
      const [scene, result] = [await this.readerOf(source.scene), await this.readerOf(source.result)]
      return { reader: derivedReader(source, scene, result), about: null }
    }))
  }

  async close(name: string): Promise<void> {
    const layer = this.find(name)
    this.layers.delete(name)
    this.derived.delete(name)
    await layer?.withdraw()
  }

  /** Asks a layer something. Throws 'invalid-argument' for one that main has not told of. */
  async ask<T>(name: string, question: (layer: Layer) => Promise<T>): Promise<T> {
    const layer = this.find(name)
    if (layer === undefined) {
      throw new StudioError('invalid-argument', `There is no layer ${name}.`, { remedy: 'Open the scene first, or close what still shows it.' })
    }
    if (this.layers.delete(name)) this.layers.set(name, layer)
    try {
      return await question(layer)
    } finally {
      await this.closeUnused()
    }
  }

  private find(name: string): Layer | undefined {
    return this.layers.get(name) ?? this.derived.get(name)
  }

  private async put(layers: Map<string, Layer>, name: string, layer: Layer): Promise<void> {
    const earlier = layers.get(name)
    layers.delete(name)
    layers.set(name, layer)
    // who asked of it while overviews or a copy were made still gets an answer
    await earlier?.retire()
  }

  /** A layer as a reader of its pixels, float32 and NaN = no data: its files are opened and closed as if the window asked. */
  private async readerOf(name: string): Promise<CubeReader> {
    const { header, files } = await this.ask(name, (layer) => layer.use(undefined, (reader) => Promise.resolve(reader)))
    return {
      header: floatHeader(header), files,
      readSamples: (window, bands, signal) => this.ask(name, (layer) => layer.use(signal, (reader, ended) => readWindow(reader, window, bands, ended))),
      close: () => Promise.resolve(),
    }
  }

  private async closeUnused(): Promise<void> {
    const open = [...this.layers.values()].filter(({ isOpen }) => isOpen)
    const superfluous = open.filter(({ isIdle }) => isIdle).slice(0, Math.max(0, open.length - this.mostOpen))
    await Promise.all(superfluous.map((layer) => layer.closeReader()))
  }
}
