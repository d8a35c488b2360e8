import { Option, type Command } from 'commander'
import type { CubeHeader } from '../../cube/cube-header'
import { pixelToMap } from '../../cube/georeference'
import { SAMPLE_TYPES } from '../../cube/sample-type'
import type { CliIo } from '../cli-io'
import { createReporter } from '../create-reporter'
import { formatBytes, formatPairs } from '../format'
import { addJsonOption, addOpenOptions, withScene, type JsonOption, type OpenOptions } from '../scene-options'

interface InfoOptions extends JsonOption, OpenOptions {
  allBands?: true
}

export function addInfoCommand(program: Command, io: CliIo): void {
  const command = program.command('info')
    .summary('say what a scene is')
    .description('Says what a scene is: size, type, wavelengths, nodata, place on the map. Reads headers only.')
    .argument('<scene>', 'ENVI (header or data file), GeoTIFF or MATLAB file')
    .addOption(new Option('--all-bands', 'list every band with its name and wavelength'))
  addOpenOptions(addJsonOption(command))
    .addHelpText('after', `
Examples:
  dacn info scene.hdr
  dacn info scene.tif --json`)
    .action(async (scene: string, options: InfoOptions) => {
      const reporter = createReporter(io, options.json === true)
      await withScene(scene, options, reporter, (reader) => {
        const { header, files } = reader
        const text = options.allBands === true ? `${describe(header, files)}\n\n${describeBands(header)}` : describe(header, files)
        reporter.result({ files, ...header }, text)
        return Promise.resolve()
      })
    })
}

function describe(header: CubeHeader, files: readonly string[]): string {
  const { rows, cols, bands, sampleType, interleave, byteOrder, georeference, badBands } = header
  const size = rows * cols * bands * SAMPLE_TYPES[sampleType].bytes
  const transform = georeference?.transform ?? null
  const origin = transform === null ? null : pixelToMap(transform, 0, 0)
  return formatPairs([
    ['files', files.join(', ')],
    ['size', `${rows} rows x ${cols} columns x ${bands} bands`],
    ['values', `${sampleType}, ${interleave}, ${byteOrder} endian, ${formatBytes(size)}`],
    ['wavelengths', describeWavelengths(header)],
    ['bad bands', badBands === null ? null : `${badBands.filter(Boolean).length} of ${bands}`],
    ['nodata', describeNodata(header.nodata)],
    ['scaling', header.gain === null && header.offset === null ? null : 'gain and offset are given'],
    ['map', georeference?.crs?.name ?? null],
    ['pixel size', transform === null ? null : `${Math.hypot(transform.a, transform.d)} x ${Math.hypot(transform.b, transform.e)}`],
    ['upper left', origin === null ? null : `${origin.x}, ${origin.y}`],
    ['control points', georeference === null || georeference.groundControlPoints.length === 0 ? null : String(georeference.groundControlPoints.length)],
    ['description', header.description],
  ])
}

function describeWavelengths({ wavelengthNm }: CubeHeader): string | null {
  if (wavelengthNm === null) return null
  const known = wavelengthNm.filter(Number.isFinite)
  if (known.length === 0) return null
  // not spread into Math.min: a scene may have tens of thousands of bands
  const low = known.reduce((least, value) => Math.min(least, value))
  const high = known.reduce((most, value) => Math.max(most, value))
  return `${low.toFixed(1)} to ${high.toFixed(1)} nm`
}

function describeNodata(nodata: readonly (number | null)[]): string | null {
  const declared = [...new Set(nodata)]
  if (declared.length === 1) return declared[0] === null ? null : String(declared[0])
  return `${declared.length} different values`
}

function describeBands({ bands, bandNames, wavelengthNm, fwhmNm, badBands, nodata }: CubeHeader): string {
  const line = (band: number): string => [
    String(band).padStart(4),
    wavelengthNm === null ? null : `${(wavelengthNm[band] ?? NaN).toFixed(2)} nm`,
    fwhmNm === null ? null : `width ${(fwhmNm[band] ?? NaN).toFixed(2)} nm`,
    bandNames?.[band] ?? null,
    badBands?.[band] === true ? 'bad' : null,
    nodata[band] === null || nodata[band] === undefined ? null : `nodata ${String(nodata[band])}`,
  ].filter((part) => part !== null).join('  ')
  return Array.from({ length: bands }, (_, band) => line(band)).join('\n')
}
