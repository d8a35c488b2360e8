import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { Option, type Command } from 'commander'
import { StudioError } from '../../common/errors'
import type { PixelWindow } from '../../cube/pixel-window'
import { outputInterleave } from '../../formats/create-writer'
import { partialPaths } from '../../formats/output-paths'
import { QUALITIES, type UpscaleSpec } from '../../jobs/job-spec'
import type { CliIo } from '../cli-io'
import { createReporter } from '../create-reporter'
import { formatBytes, formatDuration } from '../format'
import { addComputeOptions, type ComputeOptions } from '../job-options'
import { bandList, oneOf, pixelWindow, wholeNumber } from '../option-values'
import { assertOutputScene } from '../output-check'
import { describeReceipt } from '../receipt-text'
import { runJob } from '../run-job'
import { addForceOption, addJsonOption, COMPRESSIONS, INTERLEAVES, withScene, type JsonOption } from '../scene-options'

interface UpscaleOptions extends JsonOption, ComputeOptions {
  model: string
  variable?: string
  quality: NonNullable<UpscaleSpec['quality']>
  uncertainty?: string
  type: UpscaleSpec['sampleType']
  compression: UpscaleSpec['compression']
  interleave?: UpscaleSpec['interleave']
  memory: number
  window?: PixelWindow
  bands?: number[]
  /** commander's form of --no-consistency and --no-receipt */
  consistency: boolean
  receipt: boolean
  resume?: true
  force?: true
}

export function addUpscaleCommand(program: Command, io: CliIo): void {
  const command = program.command('upscale')
    .summary('sharpen a scene with a model')
    .description('Writes the scene with pixels that are smaller by the scale of the model, in its type and on its place on the map.')
    .argument('<scene>', 'ENVI (header or data file), GeoTIFF or MATLAB file')
    .argument('<out>', 'file to write; its extension chooses the format')
    .addOption(new Option('--model <folder>', 'model folder that `dacn train` wrote').makeOptionMandatory())
    .addOption(new Option('--window <row,col,rows,cols>', 'only this part of the scene, in its pixels from 0').argParser(pixelWindow))
    .addOption(new Option('--bands <list>', 'write only these bands, counted from 0, e.g. 0-10,20').argParser(bandList))
    .addOption(new Option('--quality <kind>', 'best: the mean of what the network makes of the scene and of a turned copy; fast: one pass, half the time').argParser(oneOf(QUALITIES)).default('best'))
    .addOption(new Option('--uncertainty <file.tif>', 'write the expected error of each pixel too: one band, root mean square over the bands in stored units'))
    .addOption(new Option('--type <type>', 'source: rounded to the type of the scene; float32: as computed').argParser(oneOf(['source', 'float32'] as const)).default('source'))
    .addOption(new Option('--compression <kind>', `GeoTIFF: ${COMPRESSIONS.join(', ')}`).argParser(oneOf(COMPRESSIONS)).default('deflate'))
    .addOption(new Option('--interleave <kind>', `order of the values: ${INTERLEAVES.join(', ')}; GeoTIFF has no bil (default: the source's)`).argParser(oneOf(INTERLEAVES)))
    .addOption(new Option('--memory <megabytes>', 'memory that the job may use').argParser(wholeNumber(256)).default(2048))
    .addOption(new Option('--no-consistency', 'do not correct the result to give the scene again when it is reduced'))
    .addOption(new Option('--no-receipt', 'do not read the written file again to compare it with the scene'))
    .addOption(new Option('--variable <name>', 'MATLAB files: the array that holds the scene'))
    .addOption(new Option('--resume', 'continue an interrupted upscaling into OUT'))
  addForceOption(addJsonOption(addComputeOptions(command)))
    .addHelpText('after', `
Examples:
  dacn upscale scene.hdr sharper.tif --model models/scene
  dacn upscale scene.tif sharper.img --model models/scene --type float32 --memory 4096
  dacn upscale scene.tif sharper.tif --model models/scene --bands 10-40 --window 0,0,256,256
  dacn upscale scene.tif sharper.tif --model models/scene --uncertainty error.tif
  dacn upscale scene.tif sharper.tif --model models/scene --resume`)
    .action(async (scene: string, out: string, options: UpscaleOptions) => {
      const reporter = createReporter(io, options.json === true)
      try {
        const interleave = await withScene(scene, options, reporter, async ({ files, header }) => {
          // an earlier result gives way only to the unfinished one that was to replace it
          const replace = options.force === true || (options.resume === true && partialPaths(out).every((file) => existsSync(file)))
          await assertOutputScene(out, files, replace)
          if (options.uncertainty !== undefined) await assertErrorFile(options.uncertainty, out, files, replace)
          return outputInterleave(out, options.interleave ?? null, header.interleave)
        })
        const result = await runJob(io, reporter, 'upscale', upscaleSpecOf(scene, out, interleave, options))
        for (const { field, reason } of result.dropped) reporter.log('warning', `${field} is not in the output: ${reason}`)
        const { rows, cols, bands, sizeBytes, seconds, files, receipt } = result
        const lines = [`${rows} x ${cols} pixels, ${bands} bands, ${formatBytes(sizeBytes)} in ${formatDuration(seconds)}`, ...(receipt === null ? [] : describeReceipt(receipt)), ...files]
        reporter.result(result, lines.join('\n'))
      } finally {
        reporter.close()
      }
    })
}

function upscaleSpecOf(scene: string, out: string, interleave: UpscaleSpec['interleave'], options: UpscaleOptions): UpscaleSpec {
  const { model, variable, quality, uncertainty, type, compression, memory, window, bands, consistency, receipt, precision, threads } = options
  return {
    kind: 'upscale',
    scene: resolve(scene),
    out: resolve(out),
    model: resolve(model),
    resume: options.resume === true,
    memoryBudgetMb: memory,
    sampleType: type,
    compression,
    interleave,
    consistency,
    quality,
    precision,
    ...(variable === undefined ? {} : { variable }),
    ...(uncertainty === undefined ? {} : { uncertainty: resolve(uncertainty) }),
    ...(window === undefined ? {} : { window }),
    ...(bands === undefined ? {} : { bands }),
    ...(receipt ? {} : { receipt }),
    ...(threads === undefined ? {} : { threads }),
  }
}

/** The expected errors go into a GeoTIFF of their own. */
async function assertErrorFile(file: string, out: string, inputs: readonly string[], replace: boolean): Promise<void> {
  if (!/\.tiff?$/i.test(file)) {
    throw new StudioError('invalid-argument', `${file}: the expected errors are written as GeoTIFF.`, { file, remedy: 'Give --uncertainty a name that ends in .tif.' })
  }
  if (resolve(file) === resolve(out)) {
    throw new StudioError('invalid-argument', `${file}: the result and its expected errors can't be one file.`, { file, remedy: 'Give --uncertainty another name.' })
  }
  await assertOutputScene(file, inputs, replace)
}
