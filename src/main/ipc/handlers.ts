import type { RequestName, Requests } from '../../preload/contract'

/**
 * What answers each request. Payloads have passed `payloadSchemas`. A handler that can't do what was asked throws a
 * StudioError, at once or by its promise; anything else that it throws is a mistake in the program.
 */
export type Handlers = { [K in RequestName]: (payload: Requests[K]['payload']) => Promise<Requests[K]['reply']> }
