import { Option, type Command } from 'commander'
import type { CubeReader } from '../../cube/cube-reader'
import type { Convention } from '../../metrics/conventions'
import { formatReport } from '../../metrics/format-report'
import type { QualityReport } from '../../metrics/report'
import type { CliIo } from '../cli-io'
import { compareScenes, type ComparedScenes } from '../compare-scenes'
import { createReporter } from '../create-reporter'
import { oneOf, positiveNumber, wholeNumber } from '../option-values'
import { addJsonOption, withScene, type JsonOption } from '../scene-options'
import { addKernelOptions, kernelOf, type KernelOptions } from './degrade'

interface CommandOptions extends JsonOption, KernelOptions {
  reference: string
  estimate: string
  lowRes?: string
  scale: number
  convention: Convention
  dataRange?: number
  variable?: string
}

export function addEvaluateCommand(program: Command, io: CliIo): void {
  const command = program.command('evaluate')
    .summary('measure how close a result is to the truth')
    .description('Measures six indices of a result against the true scene, over pixels and bands that are valid in both. With the\nlow-resolution scene, nearest, bicubic, Lanczos and back-projected bicubic interpolation of it are measured beside.')
    .addOption(new Option('--reference <scene>', 'the truth').makeOptionMandatory())
    .addOption(new Option('--estimate <scene>', 'the result, of the same size').makeOptionMandatory())
    .addOption(new Option('--scale <factor>', 'spatial factor between the low-resolution scene and the result').argParser(wholeNumber(2, 16)).makeOptionMandatory())
    .addOption(new Option('--low-res <scene>', 'the scene that the result was made from'))
    .addOption(new Option('--convention <name>', 'standard, or paper for the definitions of the published network').argParser(oneOf(['standard', 'paper'] as const)).default('standard'))
    .addOption(new Option('--data-range <number>', 'peak of PSNR in stored values (default: maximum - minimum of the reference)').argParser(positiveNumber))
    .addOption(new Option('--variable <name>', 'MATLAB files: the array that holds the scene'))
  addJsonOption(addKernelOptions(command))
    .addHelpText('after', `
Examples:
  dacn evaluate --reference truth.tif --estimate sharper.tif --scale 2
  dacn evaluate --reference truth.tif --estimate sharper.tif --scale 2 --low-res coarse.tif --json`)
    .action(async (options: CommandOptions) => {
      const comparison = { ...options, kernel: kernelOf(options, options.scale) }
      const reporter = createReporter(io, options.json === true)
      const open = <T>(path: string, use: (reader: CubeReader) => Promise<T>): Promise<T> => withScene(path, options, reporter, use)
      const { lowRes } = options
      const compare = (scenes: ComparedScenes): Promise<QualityReport> => compareScenes(scenes, comparison, reporter, io.signal)
      const report = await open(options.reference, (reference) => open(options.estimate, (estimate) => (
        lowRes === undefined
          ? compare({ reference, estimate, lowRes: null })
          : open(lowRes, (input) => compare({ reference, estimate, lowRes: input }))
      )))
      reporter.result({ reference: options.reference, estimate: options.estimate, ...report }, formatReport(report))
    })
}
