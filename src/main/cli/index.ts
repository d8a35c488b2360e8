import { processIo } from './cli-io'
import { runCli } from './program'

void runCli(process.argv.slice(2), processIo()).then((exitCode) => {
  // not process.exit: what was written to a pipe must still get there
  process.exitCode = exitCode
})
