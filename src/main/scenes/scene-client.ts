import { StudioError } from '../common/errors'
import { parse } from '../common/parse'
import {
  fromScenesSchema, sceneReplySchemas,
  type DerivedSource, type GroundForecast, type OpenedScene, type SceneInspection, type ScenePayload, type SceneReply, type SceneRequestName, type SceneSource, type ToScenes,
} from './scene-messages'

/** Main's end of the channel to one scene process, which was started with it. `Port`: a message port of the platform. */
export interface SceneChannel<Port> {
  post(message: ToScenes, ports?: readonly Port[]): void
  /** Hands every arriving message to `receive`, unchecked. */
  onMessage(receive: (message: unknown) => void): void
  /** Called once, with how it ended for people: 'exit code 1', 'signal SIGKILL'. */
  onExit(listener: (reason: string) => void): void
  /** Ends the process. */
  end(): void
}

/** A process that dies sooner than this after its start is started again only after as long a pause, */
const LEAST_LIFE_MS = 5000
/** and after so many of them in a row only when it is needed: opening the layers is what it dies of. */
const MOST_YOUNG_DEATHS = 3

interface Pending {
  settle(value: unknown): void
  fail(error: StudioError): void
}

/**
 * The process that reads scenes, as main sees it: started when first needed. When it dies, what was asked of it fails with
 * 'crashed'; it is started again when it is needed or layers are open, which it opens again.
 */
export class SceneProcess<Port> {
  private channel: SceneChannel<Port> | null = null
  private startedMs = 0
  private youngDeaths = 0
  private nextId = 0
  private ended = false
  private readonly pending = new Map<number, Pending>()
  private readonly layers = new Map<string, SceneSource>()
  private readonly derived = new Map<string, DerivedSource>()

  /**
   * `start` makes a process. `onStart` is called whenever one has begun: the moment to `connect` the window by a new port,
   * the earlier one being dead.
   */
  constructor(private readonly start: () => SceneChannel<Port>, private readonly onStart: () => void = () => undefined) {}

  /** Makes a layer known to the window's questions. Errors: those of opening the scene, 'mismatch' (working copy), 'crashed'. */
  async open(layer: string, source: SceneSource): Promise<OpenedScene> {
    this.layers.delete(layer)
    const channel = this.running()
    this.layers.set(layer, source)
    try {
      return await this.request(channel, 'open', { layer, source })
    } catch (error) {
      if (this.layers.get(layer) === source) {
        this.layers.delete(layer)
        if (this.channel === channel) this.request(channel, 'close', { layer }).catch(() => undefined)
      }
      throw error
    }
  }

  /** Makes a layer known that is computed of two others, in place of an earlier one of this name. Errors: 'crashed'. */
  async derive(layer: string, source: DerivedSource): Promise<void> {
    this.derived.set(layer, source)
    await this.request(this.running(), 'derive', { layer, source })
  }

  /** Withdraws a layer; nothing happens when it is not known. */
  async close(layer: string): Promise<void> {
    const known = [this.layers, this.derived].some((layers) => layers.delete(layer))
    if (known && this.channel !== null) await this.request(this.channel, 'close', { layer })
  }

  /** What a file is that might be imported. Errors: 'crashed' only; a file that is no scene is an answer. */
  inspect(file: ScenePayload<'inspect'>): Promise<SceneInspection> {
    return this.request(this.running(), 'inspect', file)
  }

  /** Fingerprint of the scene at a path. Errors: those of opening it, 'crashed'. */
  fingerprint(path: string, variable: string | null): Promise<string> {
    return this.request(this.running(), 'fingerprint', { path, variable })
  }

  /**
   * How training would use the ground of open layers, and why it would refuse: quick once the scenes were looked at, before
   * that up to some seconds a gigabyte. Errors: 'invalid-argument' (layer unknown), 'cancelled' (layer withdrawn), 'crashed'.
   */
  forecast(request: ScenePayload<'forecast'>): Promise<GroundForecast> {
    return this.request(this.running(), 'forecast', request)
  }

  /** Packs a model as `packModel` does, with its errors; 'crashed'. */
  async pack(folder: string, file: string): Promise<void> {
    await this.request(this.running(), 'pack', { folder, file })
  }

  /** Unpacks a model as `unpackModel` does, with its errors; 'crashed'. */
  async unpack(file: string, folder: string): Promise<void> {
    await this.request(this.running(), 'unpack', { file, folder })
  }

  /** Hands the far end of a window's channel to the process, starting it if needed. */
  connect(port: Port): void {
    this.running().post({ name: 'port' }, [port])
  }

  /** Ends the process for good; what is asked of it fails with 'cancelled'. */
  end(): void {
    this.ended = true
    this.channel?.end()
    this.channel = null
    this.failAll(new StudioError('cancelled', 'The program is closing.'))
  }

  private running(): SceneChannel<Port> {
    if (this.channel !== null) return this.channel
    if (this.ended) throw new StudioError('cancelled', 'The program is closing.')
    const channel = this.start()
    this.channel = channel
    this.startedMs = Date.now()
    channel.onMessage((raw) => { if (this.channel === channel) this.receive(raw) })
    channel.onExit((reason) => { if (this.channel === channel) this.lose(reason) })
    for (const [layer, source] of this.layers) {
      // a scene that can't be opened any more is told by the question about it
      this.request(channel, 'open', { layer, source }).catch(() => undefined)
    }
    for (const [layer, source] of this.derived) this.request(channel, 'derive', { layer, source }).catch(() => undefined)
    this.onStart()
    return channel
  }

  private request<K extends SceneRequestName>(channel: SceneChannel<Port>, name: K, payload: ScenePayload<K>): Promise<SceneReply<K>> {
    const id = this.nextId++
    return new Promise((resolve, reject) => {
      this.pending.set(id, {
        settle: (value) => { resolve(parse(sceneReplySchemas[name], value, `The scene process answered '${name}' in a way that is not understood`)) },
        fail: reject,
      })
      channel.post({ name, id, payload } as ToScenes)
    })
  }

  private receive(raw: unknown): void {
    const parsed = fromScenesSchema.safeParse(raw)
    if (!parsed.success) {
      this.channel?.end()
      this.lose('it sent a message that is not understood')
      return
    }
    const message = parsed.data
    const pending = this.pending.get(message.id)
    this.pending.delete(message.id)
    if (pending === undefined) return
    if (!message.ok) {
      pending.fail(StudioError.fromJSON(message.error))
      return
    }
    try {
      pending.settle(message.value)
    } catch (error) {
      pending.fail(error as StudioError)
    }
  }

  private lose(reason: string): void {
    this.channel = null
    this.failAll(new StudioError('crashed', `The process that reads scenes ended unexpectedly (${reason}).`, {
      remedy: 'Try again. If it happens with one scene only, its file may be damaged or too large for this machine\'s memory.',
    }))
    const startAgain = (): void => { if (this.layers.size > 0 && !this.ended) this.running() }
    this.youngDeaths = Date.now() - this.startedMs < LEAST_LIFE_MS ? this.youngDeaths + 1 : 0
    // those who asked hear of the end first: a layer whose opening failed is not opened again
    if (this.youngDeaths === 0) setImmediate(startAgain)
    // the window's questions wait for a process, and the one that killed it is told from the others by asking again
    else if (this.youngDeaths < MOST_YOUNG_DEATHS) setTimeout(startAgain, LEAST_LIFE_MS).unref()
  }

  private failAll(error: StudioError): void {
    const lost = [...this.pending.values()]
    this.pending.clear()
    for (const request of lost) request.fail(error)
  }
}
