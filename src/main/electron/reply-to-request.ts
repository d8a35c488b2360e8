import type { Reply, RequestName, Requests } from '../../preload/contract'
import { StudioError, toStudioError } from '../common/errors'
import type { Handlers } from '../ipc/handlers'
import { payloadSchemas } from '../ipc/payload-schemas'
import { expectedFailure } from '../jobs/failure'

/** Where unexpected errors are told, and the file where the user finds them. */
export interface ErrorLog {
  readonly path: string
  write(level: 'error', message: string): void
}

/**
 * The answer to one request of the window: its payload checked, then handed to its handler. Never rejects: a wrong payload
 * is 'invalid-argument', an error that nobody expected is logged with its stack and told as 'crashed'.
 */
export async function replyToRequest<K extends RequestName>(name: K, payload: unknown, handlers: Handlers, log: ErrorLog): Promise<Reply<Requests[K]['reply']>> {
  const parsed = payloadSchemas[name].safeParse(payload)
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => `${path.length === 0 ? 'payload' : path.join('.')}: ${message}`)
    return refused(new StudioError('invalid-argument', `The request ${name} is not understood (${problems.join('; ')}).`, { remedy: 'Correct what it names; if it was no input of yours, please report it.' }))
  }
  try {
    return { ok: true, value: await handlers[name](parsed.data) }
  } catch (error) {
    const expected = expectedFailure(error)
    if (expected !== null) return refused(expected)
    log.write('error', `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    return refused(new StudioError('crashed', `An error in the program: ${toStudioError(error).message}`, { file: log.path, remedy: `The details are in the log file ${log.path}; please report them.` }))
  }
}

function refused(error: StudioError): { ok: false; error: ReturnType<StudioError['toJSON']> } {
  return { ok: false, error: error.toJSON() }
}
