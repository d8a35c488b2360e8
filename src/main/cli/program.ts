import { Command, CommanderError } from 'commander'
import { StudioError } from '../common/errors'
import { version } from '../common/version'
import { expectedFailure } from '../jobs/failure'
import type { CliIo } from './cli-io'
import { addConvertCommand } from './commands/convert'
import { addDegradeCommand } from './commands/degrade'
import { addDemoCommand } from './commands/demo'
import { addDoctorCommand } from './commands/doctor'
import { addEvaluateCommand } from './commands/evaluate'
import { addInfoCommand } from './commands/info'
import { addTrainCommand } from './commands/train'
import { addUpscaleCommand } from './commands/upscale'
import { EXIT_BY_TAG, EXIT_CODE_HELP, EXIT_OK, EXIT_UNEXPECTED, EXIT_USAGE } from './exit-codes'

/** Runs one command line (without the program's name) and gives its exit code. Never throws. */
export async function runCli(args: readonly string[], io: CliIo): Promise<number> {
  try {
    await createProgram(io).parseAsync([...args], { from: 'user' })
    return EXIT_OK
  } catch (error) {
    return reportFailure(error, args.includes('--json'), io)
  }
}

function createProgram(io: CliIo): Command {
  const program = new Command('dacn')
    .description('Sharpens hyperspectral scenes with a network that is fine-tuned on the scene itself.')
    .version(version)
    // subcommands inherit these two, so they come first
    .exitOverride()
    .configureOutput({ writeOut: (text) => { io.out(text) }, writeErr: (text) => { io.errorStream.write(text) } })
    .addHelpText('after', `
Start with:
  dacn demo                                        the whole way on a scene that comes along
  dacn train scene.hdr --out models/scene          learn from your scene
  dacn upscale scene.hdr sharper.tif --model models/scene

${EXIT_CODE_HELP}`)
  addDoctorCommand(program, io)
  addInfoCommand(program, io)
  addConvertCommand(program, io)
  addDegradeCommand(program, io)
  addTrainCommand(program, io)
  addUpscaleCommand(program, io)
  addEvaluateCommand(program, io)
  addDemoCommand(program, io)
  return program
}

/** Says what went wrong, in which file and what to do; for programs as a last JSON line as well. */
function reportFailure(error: unknown, json: boolean, io: CliIo): number {
  if (error instanceof CommanderError) {
    // commander has said it already; help and version asked for are no failures
    const exitCode = error.exitCode === 0 ? EXIT_OK : EXIT_USAGE
    if (json && exitCode !== EXIT_OK) printJson(io, { tag: 'invalid-argument', message: error.message }, exitCode)
    return exitCode
  }
  const failure = expectedFailure(error)
  if (failure === null) {
    io.errorStream.write(`Unexpected error in DACN Studio ${version}; please report it:\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    if (json) printJson(io, { tag: 'unexpected', message: String(error) }, EXIT_UNEXPECTED)
    return EXIT_UNEXPECTED
  }
  const exitCode = EXIT_BY_TAG[failure.tag]
  io.errorStream.write(describeFailure(failure))
  if (json) printJson(io, failure.toJSON(), exitCode)
  return exitCode
}

function describeFailure({ message, file, remedy }: StudioError): string {
  const where = file === undefined || message.includes(file) ? '' : `File: ${file}\n`
  return `Error: ${message}\n${where}${remedy === undefined ? '' : `What to do: ${remedy}\n`}`
}

function printJson(io: CliIo, error: object, exitCode: number): void {
  io.out(`${JSON.stringify({ type: 'error', error, exitCode })}\n`)
}
