import { StudioError } from '../common/errors'
import type { JobContext } from '../common/job-context'
import { averagePairs } from '../cube/average-pairs'
import type { CubeHeader } from '../cube/cube-header'
import { allBands, type CubeReader } from '../cube/cube-reader'
import type { WrittenFile } from '../cube/cube-writer'
import { reducedSize } from '../cube/reduction'
import { allocateSamples, SAMPLE_TYPES, type SampleType } from '../cube/sample-type'
import { writeByStrips } from '../formats/block-strips'
import { createWriter } from '../formats/create-writer'

/** Half-size pixels made at a time; four times as much is read for them. */
const STRIP_BYTES = 64e6
/** With more bands than this, tiles are smaller: all bands of a row of them are in memory at once. */
const FEW_BANDS = 64

/**
 * Writes a scene at half its size and, as overviews of that, at a quarter, an eighth and so on down to 256 pixels: a band-interleaved,
 * uncompressed GeoTIFF `out` in small tiles, of which three bands of any window are a few reads. A pixel is the mean of the
 * 2 x 2 of the level before that are not `nodata` (one entry a band): nearest pixels would flicker between the levels, and
 * show noise that the mean leaves out. Takes a third of the scene's bytes. When that fails, nothing is left.
 * Errors: those of reading, 'invalid-argument' (nodata of another number of bands), 'io', 'cancelled'.
 */
export async function writeOverviews(reader: CubeReader, nodata: readonly (number | null)[], out: string, context: JobContext): Promise<WrittenFile> {
  const { header } = reader
  if (nodata.length !== header.bands) {
    throw new StudioError('invalid-argument', `${reader.files[0] ?? 'The scene'}: nodata values for ${nodata.length} bands were given, the scene has ${header.bands}.`)
  }
  const sampleType = storedType(header.sampleType)
  const bands = allBands(header)
  const writer = await createWriter(out, overviewHeader(header, nodata, sampleType), {
    interleave: 'bsq', compression: 'none', overviews: 'full', blockSize: bands.length > FEW_BANDS ? 128 : 256,
  })
  try {
    await writeByStrips(writer, bands.length * SAMPLE_TYPES[sampleType].bytes, async (window) => {
      await context.breathe()
      const [row, col] = [2 * window.row, 2 * window.col]
      const source = { row, col, rows: Math.min(2 * window.rows, header.rows - row), cols: Math.min(2 * window.cols, header.cols - col) }
      const samples = await reader.readSamples(source, bands, context.signal)
      const reduced = allocateSamples(sampleType, window.rows * window.cols * bands.length)
      averagePairs({ samples, rows: source.rows, cols: source.cols, stride: source.cols }, { samples: reduced, start: 0, stride: window.cols }, bands.length, sampleType, nodata)
      return reduced
    }, {
      signal: context.signal,
      progress: (done, total) => { context.progress('preparing', done, total, 'blocks') },
    }, STRIP_BYTES)
    await context.breathe()
    return await writer.finish()
  } finally {
    await writer.close()
  }
}

/** GeoTIFF has no 64-bit integers that all read; they come as doubles anyway. */
function storedType(type: SampleType): SampleType {
  return type === 'int64' || type === 'uint64' ? 'float64' : type
}

/** Nothing but what the pixels need: for all else there is the scene. */
function overviewHeader(scene: CubeHeader, nodata: readonly (number | null)[], sampleType: SampleType): CubeHeader {
  return {
    ...reducedSize(scene, 2), bands: scene.bands, sampleType, interleave: 'bsq', byteOrder: 'little', nodata: [...nodata],
    wavelengthNm: null, fwhmNm: null, badBands: null, bandNames: null, gain: null, offset: null, georeference: null, description: null, defaultBands: null,
    metadata: { kind: 'tiff', items: [], textTags: [] }, notices: [],
  }
}
