import { StudioError } from '../common/errors'
import { Layer } from './layer'
import type { OpenedScene, SceneSource } from './scene-messages'

/** Scenes whose files are kept open: each may hold some hundred megabytes of decoded blocks. */
const MOST_OPEN = 6

/** The layers that main has told of, the one used longest ago first. */
export class LayerSet {
  private readonly layers = new Map<string, Layer>()

  constructor(private readonly mostOpen = MOST_OPEN) {}

  /** Makes a layer known at once, in place of an earlier one of this name, and opens it; when that fails, so do questions about it. */
  async open(name: string, source: SceneSource): Promise<OpenedScene> {
    const earlier = this.layers.get(name)
    const layer = new Layer(source)
    this.layers.delete(name)
    this.layers.set(name, layer)
    await earlier?.withdraw()
    const opened = await layer.describe()
    await this.closeUnused()
    return opened
  }

  async close(name: string): Promise<void> {
    const layer = this.layers.get(name)
    this.layers.delete(name)
    await layer?.withdraw()
  }

  /** Asks a layer something. Throws 'invalid-argument' for one that main has not told of. */
  async ask<T>(name: string, question: (layer: Layer) => Promise<T>): Promise<T> {
    const layer = this.layers.get(name)
    if (layer === undefined) {
      throw new StudioError('invalid-argument', `There is no layer ${name}.`, { remedy: 'Open the scene first, or close what still shows it.' })
    }
    this.layers.delete(name)
    this.layers.set(name, layer)
    try {
      return await question(layer)
    } finally {
      await this.closeUnused()
    }
  }

  private async closeUnused(): Promise<void> {
    const open = [...this.layers.values()].filter(({ isOpen }) => isOpen)
    const superfluous = open.filter(({ isIdle }) => isIdle).slice(0, Math.max(0, open.length - this.mostOpen))
    await Promise.all(superfluous.map((layer) => layer.closeReader()))
  }
}
