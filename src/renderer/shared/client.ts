import type { Events, EventName, Reply, RequestName, Requests } from '../../preload/contract'

/** What main answered instead of a value: what is wrong, in which file, and what to do. */
export class RequestFailure extends Error {
  readonly tag: string
  readonly file: string | undefined
  readonly remedy: string | undefined

  constructor(error: Extract<Reply<unknown>, { ok: false }>['error']) {
    super(error.message)
    this.name = 'RequestFailure'
    this.tag = error.tag
    this.file = error.file
    this.remedy = error.remedy
  }
}

/** Asks main; throws `RequestFailure` when it refuses. Payloads are copied, so reactive objects may be given. */
export async function request<K extends RequestName>(name: K, payload: Requests[K]['payload']): Promise<Requests[K]['reply']> {
  const reply = await window.dacn.invoke(name, plain(payload))
  if (reply.ok) return reply.value
  throw new RequestFailure(reply.error)
}

/** Listens until the returned function is called. */
export function listen<K extends EventName>(name: K, listener: (event: Events[K]) => void): () => void {
  return window.dacn.subscribe(name, listener)
}

/** A copy without reactive proxies, which can't be cloned into another process; typed arrays as they are. */
function plain<T>(value: T): T {
  if (value === null || typeof value !== 'object' || ArrayBuffer.isView(value)) return value
  if (Array.isArray(value)) return (value as unknown[]).map(plain) as T
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner as unknown)])) as T
}
