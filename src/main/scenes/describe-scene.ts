import { stat } from 'node:fs/promises'
import { toStudioError } from '../common/errors'
import { fingerprintFiles } from '../common/fingerprint-files'
import type { CubeHeader } from '../cube/cube-header'
import type { CubeReader } from '../cube/cube-reader'
import { repairedReader } from '../cube/repaired-reader'
import { rgbBands } from '../cube/rgb-bands'
import type { SceneRepairs } from '../cube/scene-repairs'
import { proj4ForCrs } from '../formats/crs'
import { metadataRows } from './metadata-rows'
import { needsOverviews } from './overviews'
import { pixelSize } from './pixel-size'
import type { SceneFacts } from './scene-facts'
import { needsWorkingCopy } from './working-copy'

const FORMATS: Record<CubeHeader['metadata']['kind'], SceneFacts['format']> = { envi: 'ENVI', tiff: 'GeoTIFF', mat: 'MATLAB' }

/**
 * What the window shows of a scene: its header with `repairs` applied, beside the raw metadata as they are in the file.
 * Reads file sizes and little pieces of the files. Errors: 'invalid-argument' (repairs of another number of bands), 'not-found', 'io'.
 */
export async function describeScene(reader: CubeReader, repairs: SceneRepairs = {}): Promise<SceneFacts> {
  const { header, files, levels } = repairedReader(reader, repairs)
  const { rows, cols, bands, sampleType, interleave, wavelengthNm, fwhmNm, bandNames, nodata, gain, offset, georeference, description, notices } = header
  const badBands = header.badBands ?? new Array<boolean>(bands).fill(false)
  const crs = georeference?.crs ?? null
  const sizes = await Promise.all(files.map((file) => stat(file).then(({ size }) => size, (error: unknown) => { throw toStudioError(error, file) })))
  return {
    format: FORMATS[header.metadata.kind],
    files: [...files],
    sizeBytes: sizes.reduce((sum, size) => sum + size, 0),
    fingerprint: await fingerprintFiles(files),
    rows, cols, bands, sampleType, interleave, wavelengthNm, fwhmNm, badBands, bandNames, nodata, gain, offset,
    transform: georeference?.transform ?? null,
    crs: crs === null ? null : { name: crs.name, epsg: crs.epsg, kind: crs.kind, proj4: proj4ForCrs(crs) },
    pixelSize: pixelSize(georeference),
    description,
    rgb: rgbBands(wavelengthNm, bands, header.defaultBands, (band) => badBands[band] === false),
    notices,
    metadata: metadataRows(reader.header.metadata),
    needsWorkingCopy: needsWorkingCopy(reader),
    overviews: needsOverviews({ header, levels }) ? 'missing' : 'unneeded',
  }
}
