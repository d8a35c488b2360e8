import { basename } from 'node:path'
import { Option, type Command } from 'commander'
import { selectBands } from '../../cube/cube-header'
import { allBands, assertBandsExist, type CubeReader } from '../../cube/cube-reader'
import { windowHeader } from '../../cube/derive-header'
import { wholeWindow, type PixelWindow } from '../../cube/pixel-window'
import { SAMPLE_TYPES, type SampleType } from '../../cube/sample-type'
import type { CliIo } from '../cli-io'
import { createReporter } from '../create-reporter'
import { historyLine } from '../history-line'
import { bandList, oneOf, pixelWindow } from '../option-values'
import { assertOutputScene } from '../output-check'
import type { Reporter } from '../reporter'
import { retypeHeader, retypeSamples } from '../retype'
import {
  addForceOption, addJsonOption, addOpenOptions, addStorageOptions, SAMPLE_TYPE_NAMES, storageChoice, withScene,
  type JsonOption, type OpenOptions, type StorageOptions,
} from '../scene-options'
import { reportWritten, writeScene } from '../write-scene'

interface ConvertOptions extends JsonOption, OpenOptions, StorageOptions {
  window?: PixelWindow
  bands?: number[]
  type?: SampleType
  force?: true
}

export function addConvertCommand(program: Command, io: CliIo): void {
  const command = program.command('convert')
    .summary('write a scene, or a part of it, in another format')
    .description('Writes a scene, or a part of it, in another format: GeoTIFF when OUT ends in .tif, ENVI when it ends in\n.img, .dat, .bsq, .bil, .bip or .hdr. Values stay as they are stored unless --type says otherwise.')
    .argument('<scene>', 'ENVI (header or data file), GeoTIFF or MATLAB file')
    .argument('<out>', 'file to write')
    .addOption(new Option('--window <row,col,rows,cols>', 'only this part, in pixels from 0').argParser(pixelWindow))
    .addOption(new Option('--bands <list>', 'only these bands, counted from 0, e.g. 0-10,20').argParser(bandList))
    .addOption(new Option('--type <type>', `store values as ${SAMPLE_TYPE_NAMES.join(', ')}: rounded and clamped`).argParser(oneOf(SAMPLE_TYPE_NAMES)))
  addForceOption(addStorageOptions(addOpenOptions(addJsonOption(command))))
    .addHelpText('after', `
Examples:
  dacn convert scene.hdr scene.tif
  dacn convert scene.tif part.tif --window 0,0,256,256 --bands 0-59,70
  dacn convert cube.mat cube.img --variable paviaU --interleave bil`)
    .action(async (scene: string, out: string, options: ConvertOptions) => {
      const reporter = createReporter(io, options.json === true)
      try {
        await withScene(scene, options, reporter, (reader) => convert(reader, out, options, reporter, io.signal))
      } finally {
        reporter.close()
      }
    })
}

async function convert(reader: CubeReader, out: string, options: ConvertOptions, reporter: Reporter, signal: AbortSignal): Promise<void> {
  const { window = wholeWindow(reader.header), bands = allBands(reader.header), type = reader.header.sampleType } = options
  assertBandsExist(bands, reader)
  await assertOutputScene(out, reader.files, options.force === true)
  const source = windowHeader(selectBands(reader.header, bands), window)
  const header = retypeHeader(source, type)
  if (SAMPLE_TYPES[type].integer && !SAMPLE_TYPES[source.sampleType].integer && header.nodata.includes(null)) {
    reporter.log('warning', `${type} has no NaN and the scene declares no nodata value: missing pixels become 0`)
  }
  const make = async ({ row, col, rows, cols }: PixelWindow): Promise<ReturnType<typeof retypeSamples>> => {
    const samples = await reader.readSamples({ row: window.row + row, col: window.col + col, rows, cols }, bands, signal)
    return retypeSamples(samples, source, header)
  }
  const bytesPerPixel = bands.length * SAMPLE_TYPES[source.sampleType].bytes
  const history = [historyLine(`converted from ${basename(reader.files[0] ?? '')}`)]
  const written = await writeScene(out, header, { ...storageChoice(options), history }, make, bytesPerPixel, { reporter, signal, span: 'converting' })
  reportWritten(written, reader.header, header, reporter)
}
