import type { PixelBlock } from '../../../preload/pixel-contract'
import { RequestFailure } from '../client'
import type { PixelClient } from '../pixels/pixel-client'
import type { MapLayer } from './map-layer'
import { tileWindow, type TilePlace } from './tile-grid'

/** A tile that is wanted: of which layer, and where. */
export interface TileRequest {
  layer: MapLayer
  place: TilePlace
}

interface Question {
  request: TileRequest
  cancel: AbortController
}

/** The scene process answers a few at a time; what waits here can be given up without a word. */
const QUESTIONS_AT_ONCE = 4
const MOST_TRIES = 3

/**
 * Pixels of tiles, kept while they are in use and as far as the budget reaches. Maps say what they want to show; what no
 * map wants any more is not asked for, or cancelled.
 */
export class TileStore {
  private readonly tiles = new Map<string, PixelBlock>()
  private readonly failures = new Map<string, { tries: number; failure: RequestFailure | null }>()
  private readonly running = new Map<string, Question>()
  private readonly wanted = new Map<object, TileRequest[]>()
  private readonly listeners = new Set<() => void>()
  private bytes = 0

  constructor(private readonly client: Pick<PixelClient, 'ask'>, private readonly budgetBytes: number) {}

  /** The tile if it is there; it counts as just used. */
  get(request: TileRequest): PixelBlock | null {
    const key = tileKey(request)
    const tile = this.tiles.get(key)
    if (tile === undefined) return null
    this.tiles.delete(key)
    this.tiles.set(key, tile)
    return tile
  }

  /** Why the first of these tiles can't be had; null = nothing is known against them. */
  failureOf(requests: readonly TileRequest[]): RequestFailure | null {
    for (const request of requests) {
      const failure = this.failures.get(tileKey(request))?.failure ?? null
      if (failure !== null) return failure
    }
    return null
  }

  /** What `owner` wants from now on, the most urgent first, in place of what it wanted before. */
  want(owner: object, requests: TileRequest[]): void {
    this.wanted.set(owner, requests)
    this.cancelUnwanted()
    this.askNext()
  }

  release(owner: object): void {
    this.wanted.delete(owner)
    this.cancelUnwanted()
    this.askNext()
  }

  /** Forgets failures, so that what is wanted is asked for again. */
  retry(): void {
    this.failures.clear()
    this.askNext()
  }

  /** Calls `listener` whenever a tile arrives or fails, until the returned function is called. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => { this.listeners.delete(listener) }
  }

  private wantedKeys(): Set<string> {
    return new Set([...this.wanted.values()].flat().map(tileKey))
  }

  private cancelUnwanted(): void {
    const keys = this.wantedKeys()
    for (const [key, { cancel }] of this.running) {
      if (keys.has(key)) continue
      this.running.delete(key)
      cancel.abort()
    }
  }

  private askNext(): void {
    // maps take turns, so that none waits for all tiles of another
    const lists = [...this.wanted.values()]
    const longest = Math.max(0, ...lists.map(({ length }) => length))
    for (let turn = 0; turn < longest; turn++) {
      for (const list of lists) {
        const request = list[turn]
        if (request === undefined) continue
        if (this.running.size >= QUESTIONS_AT_ONCE) return
        const key = tileKey(request)
        if (this.tiles.has(key) || this.running.has(key) || this.failures.get(key)?.failure != null) continue
        void this.ask(key, { request, cancel: new AbortController() })
      }
    }
  }

  private async ask(key: string, question: Question): Promise<void> {
    const { request: { layer, place }, cancel } = question
    this.running.set(key, question)
    const { window, rows, cols } = tileWindow(place, layer)
    try {
      this.keep(key, await this.client.ask('picture', { layer: layer.name, window, bands: [...layer.bands], rows, cols }, cancel.signal))
      this.failures.delete(key)
    } catch (error) {
      if (!cancel.signal.aborted) this.noteFailure(key, error)
    }
    if (this.running.get(key) === question) this.running.delete(key)
    for (const listener of [...this.listeners]) listener()
    this.askNext()
  }

  /** A layer that main opens anew cancels its questions: those are asked again, a few times. */
  private noteFailure(key: string, error: unknown): void {
    const tries = (this.failures.get(key)?.tries ?? 0) + 1
    const failure = error instanceof RequestFailure ? error : new RequestFailure({ tag: 'io', message: String(error) })
    this.failures.set(key, { tries, failure: failure.tag === 'cancelled' && tries < MOST_TRIES ? null : failure })
  }

  private keep(key: string, tile: PixelBlock): void {
    this.tiles.set(key, tile)
    this.bytes += weight(tile)
    if (this.bytes <= this.budgetBytes) return
    // those that are shown stay whatever they weigh, or they would be asked for again and again
    const needed = this.wantedKeys()
    for (const [oldest, old] of this.tiles) {
      if (this.bytes <= this.budgetBytes) return
      if (needed.has(oldest)) continue
      this.tiles.delete(oldest)
      this.bytes -= weight(old)
    }
  }
}

/** Bytes of the values and of the picture that is painted from them. */
function weight({ data, rows, cols }: PixelBlock): number {
  return data.byteLength + rows * cols * 4
}

function tileKey({ layer: { name, edition = '', bands, rows, cols }, place }: TileRequest): string {
  return [name, edition, rows, cols, bands.join(','), place.level, place.row, place.col].join('|')
}
