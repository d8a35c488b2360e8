import { stat } from 'node:fs/promises'
import { StudioError, toStudioError } from '../../common/errors'
import { throwIfAborted } from '../../common/job-context'
import type { CubeHeader, Notice } from '../../cube/cube-header'
import type { CubeReader } from '../../cube/cube-reader'
import { assertWindowInside } from '../../cube/pixel-window'
import { allocateSamples } from '../../cube/sample-type'
import { openGzipBody, openPlainBody, truncated, type EnviBody } from './body'
import { findEnviBody, readStart } from './file-pair'
import type { EnviHeaderText } from './header-text'
import { interpretEnviHeader } from './interpret-header'
import type { RasterLayout } from './raster-layout'
import { readStoredWindow } from './window-read'

/** More values than this in one window are a mistake of the caller: 8 GB as float32. */
const WINDOW_LIMIT_SAMPLES = 2 ** 31

/**
 * Opens the scene that an ENVI header describes, with its data file given or looked for beside it. Reads the header and
 * the data file's size, no pixels. Errors: 'malformed', 'unsupported', 'too-large', 'truncated', 'not-found', 'io'.
 */
export async function openEnvi(text: EnviHeaderText, dataPath?: string): Promise<CubeReader> {
  const { header, layout } = interpretEnviHeader(text)
  const path = dataPath ?? (await findEnviBody(text, layout.compressed ? null : layout.sizeBytes))
  const { body, compressed, notices } = await openBody(path, layout)
  const complete: CubeHeader = { ...header, notices: [...header.notices, ...notices] }
  return {
    header: complete,
    files: [path, text.path],
    compressedBlock: compressed ? { rows: layout.rows, cols: layout.cols, bands: layout.bands } : undefined,
    async readSamples(window, bands, signal) {
      assertWindowInside(window, complete)
      assertBands(bands, layout.bands)
      throwIfAborted(signal)
      const count = window.rows * window.cols * bands.length
      if (count > WINDOW_LIMIT_SAMPLES) {
        throw new StudioError('too-large', `A window of ${window.rows} x ${window.cols} pixels with ${bands.length} bands is too large to read at once.`, {
          file: path, remedy: 'Read a smaller window.',
        })
      }
      const target = allocateSamples(layout.sampleType, count)
      await readStoredWindow(body, layout, window, bands, target, signal)
      return target
    },
    close: () => body.close(),
  }
}

function assertBands(bands: readonly number[], count: number): void {
  const wrong = bands.find((band) => !Number.isInteger(band) || band < 0 || band >= count)
  if (wrong === undefined && bands.length > 0) return
  throw new StudioError('invalid-argument', wrong === undefined ? 'No band was chosen.' : `There is no band ${wrong}; the scene has ${count}.`, {
    remedy: `Choose bands within 0-${count - 1}.`,
  })
}

async function openBody(path: string, layout: RasterLayout): Promise<{ body: EnviBody; compressed: boolean; notices: Notice[] }> {
  const { size, isFile } = await stat(path).then(
    (found) => ({ size: found.size, isFile: found.isFile() }),
    (error: unknown) => { throw toStudioError(error, path) },
  )
  if (!isFile) {
    throw new StudioError('unsupported', `${path}: this is not a regular file.`, { file: path, remedy: 'Choose the data file of the scene.' })
  }
  const notices: Notice[] = []
  if (layout.compressed) {
    const [first, second] = await readStart(path, 2)
    if (first === 0x1f && second === 0x8b) return { body: openGzipBody(path, size, layout.sizeBytes), compressed: true, notices }
    if (size < layout.sizeBytes) {
      throw new StudioError('malformed', `${path}: the header says that the data file is compressed, but it is no gzip stream.`, {
        file: path, remedy: 'Copy or download the file again.',
      })
    }
    notices.push({ code: 'not-compressed', message: 'The header says that the data file is compressed; it is not.' })
  }
  if (size < layout.sizeBytes) throw truncated(path, layout.sizeBytes, size)
  if (size > layout.sizeBytes) {
    notices.push({
      code: 'body-too-long',
      message: `The data file has ${size} bytes, ${size - layout.sizeBytes} more than the ${layout.sizeBytes} that the header describes; they are ignored.`,
    })
  }
  return { body: await openPlainBody(path), compressed: false, notices }
}
