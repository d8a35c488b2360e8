import { BarReporter } from './bar-reporter'
import type { CliIo } from './cli-io'
import { JsonReporter } from './json-reporter'
import { PlainReporter } from './plain-reporter'
import type { Reporter } from './reporter'

/** JSON when asked for, a progress bar where a person watches, plain lines otherwise. */
export function createReporter(io: CliIo, json: boolean): Reporter {
  if (json) return new JsonReporter(io)
  return io.isTerminal ? new BarReporter(io) : new PlainReporter(io)
}
