import type { DacnBridge, EventName, Events, Reply, RequestName, Requests } from '../../src/preload/contract'

type Answer<K extends RequestName> = (payload: Requests[K]['payload']) => Requests[K]['reply'] | Promise<Requests[K]['reply']>
type Failure = Extract<Reply<unknown>, { ok: false }>['error']

/** What an application without a project answers. */
const QUIET: { [K in RequestName]?: Answer<K> } = {
  'settings.read': () => ({ theme: 'light', memoryBudgetMb: 2048, threads: null, device: 'auto', precision: 'float32', cacheFolder: null, onClose: 'ask' }),
  'project.current': () => null,
  'recent.list': () => [],
  'job.list': () => [],
  'app.devices': () => [{ name: 'Test processor (2 cores)', kind: 'cpu', memoryBytes: 8e9, freeBytes: 4e9, bfloat16: true }],
}

/** Stands in for the main process in tests of stores and components: answers what it was taught, remembers what it was asked. */
export class FakeBridge implements DacnBridge {
  readonly asked: { name: RequestName; payload: unknown }[] = []
  private readonly answers: { [K in RequestName]?: Answer<K> } = { ...QUIET }
  private readonly listeners = new Map<EventName, Set<(event: never) => void>>()

  /** Puts it where the window looks for the main process. */
  static install(): FakeBridge {
    const bridge = new FakeBridge()
    Object.defineProperty(globalThis.window, 'dacn', { value: bridge, configurable: true })
    return bridge
  }

  answer<K extends RequestName>(name: K, answer: Answer<K>): this {
    Object.assign(this.answers, { [name]: answer })
    return this
  }

  /** Refuses from now on. */
  refuse(name: RequestName, error: Failure): this {
    return this.answer(name, () => { throw new Refusal(error) })
  }

  /** Payloads of the requests `name` so far. */
  payloads<K extends RequestName>(name: K): Requests[K]['payload'][] {
    return this.asked.filter((one) => one.name === name).map(({ payload }) => payload as Requests[K]['payload'])
  }

  emit<K extends EventName>(name: K, event: Events[K]): void {
    for (const listener of this.listeners.get(name) ?? []) (listener as (event: Events[K]) => void)(event)
  }

  async invoke<K extends RequestName>(name: K, payload: Requests[K]['payload']): Promise<Reply<Requests[K]['reply']>> {
    this.asked.push({ name, payload })
    const answer: Answer<K> | undefined = this.answers[name]
    // what most requests reply
    if (answer === undefined) return { ok: true, value: null as Requests[K]['reply'] }
    try {
      return { ok: true, value: await answer(payload) }
    } catch (error) {
      if (error instanceof Refusal) return { ok: false, error: error.json }
      throw error
    }
  }

  subscribe<K extends EventName>(name: K, listener: (event: Events[K]) => void): () => void {
    const all = this.listeners.get(name) ?? new Set()
    this.listeners.set(name, all)
    all.add(listener)
    return () => { all.delete(listener) }
  }

  pathOfFile(file: File): string {
    return `/dropped/${file.name}`
  }
}

class Refusal extends Error {
  constructor(readonly json: Failure) {
    super(json.message)
  }
}
