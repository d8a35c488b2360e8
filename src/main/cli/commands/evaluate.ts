import { Option, type Command } from 'commander'
import { StudioError } from '../../common/errors'
import type { CubeReader } from '../../cube/cube-reader'
import type { Convention } from '../../metrics/conventions'
import { formatReport } from '../../metrics/format-report'
import { PROTOCOL_NAMES, PROTOCOL_SCALES, PUBLISHED_PROTOCOLS, type ProtocolName } from '../../metrics/published-protocols'
import type { CliIo } from '../cli-io'
import { compareScenes } from '../compare-scenes'
import { createReporter } from '../create-reporter'
import { oneOf, positiveNumber, wholeNumber } from '../option-values'
import { describeProtocol } from '../protocol-report'
import type { Reporter } from '../reporter'
import { runProtocol } from '../run-protocol'
import { addJsonOption, withScene, type JsonOption } from '../scene-options'
import { addKernelOptions, kernelOf, type KernelOptions } from './degrade'

const DEFAULT_MINUTES = 5

interface CommandOptions extends JsonOption, KernelOptions {
  reference?: string
  estimate?: string
  lowRes?: string
  uncertainty?: string
  scale?: number
  convention: Convention
  dataRange?: number
  variable?: string
  protocol?: ProtocolName
  minutes?: number
  seed?: number
}

export function addEvaluateCommand(program: Command, io: CliIo): void {
  const command = program.command('evaluate')
    .summary('measure how close a result is to the truth')
    .description(`Measures six indices of a result against the true scene, over pixels and bands that are valid in both. With the
low-resolution scene, nearest, bicubic, Lanczos and back-projected bicubic interpolation of it are measured beside.

With --protocol and the public scene (${PROTOCOL_NAMES.map((name) => `${PUBLISHED_PROTOCOLS[name].file} for ${name}`).join(', ')}): fine-tunes and tests
on the patches of the published networks, and prints their table with DACN Studio's rows added.`)
    .argument('[scene]', 'with --protocol: the public scene, a MATLAB file or a conversion of it')
    .option('--reference <scene>', 'the truth')
    .option('--estimate <scene>', 'the result, of the same size')
    .addOption(new Option('--scale <factor>', `spatial factor between the low-resolution scene and the result; with --protocol ${PROTOCOL_SCALES.join(', ')} (default there: 2)`).argParser(wholeNumber(2, 16)))
    .addOption(new Option('--low-res <scene>', 'the scene that the result was made from'))
    .option('--uncertainty <file>', 'expected errors that `dacn upscale --uncertainty` wrote with the result: counts how often they hold')
    .addOption(new Option('--convention <name>', 'standard, or paper for the definitions of the published network').argParser(oneOf(['standard', 'paper'] as const)).default('standard'))
    .addOption(new Option('--data-range <number>', 'peak of PSNR in stored values (default: maximum - minimum of the reference)').argParser(positiveNumber))
    .addOption(new Option('--variable <name>', 'MATLAB files: the array that holds the scene'))
    .addOption(new Option('--protocol <name>', PROTOCOL_NAMES.join(', ')).argParser(oneOf(PROTOCOL_NAMES))
      .conflicts(['reference', 'estimate', 'lowRes', 'uncertainty', 'convention', 'dataRange', 'kernel', 'sigma']))
    .addOption(new Option('--minutes <time>', `with --protocol: time to fine-tune (default: ${DEFAULT_MINUTES})`).argParser(positiveNumber))
    .addOption(new Option('--seed <number>', 'with --protocol: seed of everything random (default: 1)').argParser(wholeNumber(0, 2 ** 31 - 1)))
  addJsonOption(addKernelOptions(command))
    .addHelpText('after', `
Examples:
  dacn evaluate --reference truth.tif --estimate sharper.tif --scale 2
  dacn evaluate --reference truth.tif --estimate sharper.tif --scale 2 --low-res coarse.tif --json
  dacn evaluate --protocol pavia-university PaviaU.mat --scale 4`)
    .action(async (scene: string | undefined, options: CommandOptions) => {
      const reporter = createReporter(io, options.json === true)
      try {
        if (options.protocol === undefined) await evaluateResult(scene, options, io, reporter)
        else await evaluateProtocol(scene, options.protocol, options, io, reporter)
      } finally {
        reporter.close()
      }
    })
}

async function evaluateProtocol(scene: string | undefined, protocol: ProtocolName, options: CommandOptions, io: CliIo, reporter: Reporter): Promise<void> {
  const { file } = PUBLISHED_PROTOCOLS[protocol]
  if (scene === undefined) throw new StudioError('invalid-argument', `The public scene of ${protocol} is not named.`, { remedy: `Give its file: dacn evaluate --protocol ${protocol} ${file}` })
  const scale = PROTOCOL_SCALES.find((known) => known === (options.scale ?? 2))
  if (scale === undefined) throw new StudioError('invalid-argument', `No results were published at ${options.scale ?? 2}x.`, { remedy: `Choose --scale ${PROTOCOL_SCALES.join(', ')}.` })
  const { variable, minutes = DEFAULT_MINUTES, seed = 1 } = options
  const report = await runProtocol({ protocol, scene, scale, minutes, seed, ...(variable === undefined ? {} : { variable }) }, io, reporter)
  reporter.result(report, describeProtocol(report))
}

async function evaluateResult(scene: string | undefined, options: CommandOptions, io: CliIo, reporter: Reporter): Promise<void> {
  const { lowRes, uncertainty } = options
  const { reference, estimate, scale } = resultOptions(scene, options)
  const comparison = { ...options, scale, kernel: kernelOf(options, scale) }
  const open = <T>(path: string, use: (reader: CubeReader) => Promise<T>): Promise<T> => withScene(path, options, reporter, use)
  const openAny = <T>(path: string | undefined, use: (reader: CubeReader | null) => Promise<T>): Promise<T> => (path === undefined ? use(null) : open(path, use))
  const report = await open(reference, (truth) => open(estimate, (result) => openAny(lowRes, (input) => openAny(uncertainty, (expectedError) => (
    compareScenes({ reference: truth, estimate: result, lowRes: input, expectedError }, comparison, reporter, io.signal)
  )))))
  reporter.result({ reference, estimate, ...report }, formatReport(report))
}

/** What must be given without a protocol, as commander would ask for it. Throws 'invalid-argument'. */
function resultOptions(scene: string | undefined, { reference, estimate, scale, minutes, seed }: CommandOptions): { reference: string; estimate: string; scale: number } {
  const wrong = (message: string, remedy: string): StudioError => new StudioError('invalid-argument', message, { remedy })
  if (scene !== undefined) throw wrong(`What ${scene} is to be is not said.`, 'Name scenes with --reference and --estimate, or add --protocol.')
  if (minutes !== undefined || seed !== undefined) throw wrong('--minutes and --seed belong to --protocol.', 'Add --protocol, or leave them out.')
  if (reference === undefined) throw wrong("required option '--reference <scene>' not specified", 'Give the true scene, or --protocol and a public scene.')
  if (estimate === undefined) throw wrong("required option '--estimate <scene>' not specified", 'Give the result to measure.')
  if (scale === undefined) throw wrong("required option '--scale <factor>' not specified", 'Give the factor between the low-resolution scene and the result.')
  return { reference, estimate, scale }
}
