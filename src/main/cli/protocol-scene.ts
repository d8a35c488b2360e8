import { StudioError } from '../common/errors'
import type { CubeReader } from '../cube/cube-reader'
import { listCubes } from '../formats/registry'
import type { PublishedProtocol } from '../metrics/published-protocols'

/**
 * The MATLAB array of `path` that a protocol means: `wanted`, else the one with the public name where the file has it, else
 * none in particular. Errors: those of reading.
 */
export async function protocolVariable(path: string, protocol: PublishedProtocol, wanted: string | undefined): Promise<string | undefined> {
  return wanted ?? (await listCubes(path)).find((name) => name === protocol.variable)
}

/** Throws 'mismatch' unless the scene has the size of the public one: patches are places in it. */
export function assertPublicScene({ header, files }: CubeReader, protocol: PublishedProtocol): void {
  const { title, rows, cols, bands } = protocol
  if (rows.includes(header.rows) && header.cols === cols && header.bands === bands) return
  const file = files[0] ?? ''
  throw new StudioError('mismatch', `${file}: ${header.rows} x ${header.cols} pixels in ${header.bands} bands are not the ${title} scene of ${rows.join(' or ')} x ${cols} pixels in ${bands} bands.`, {
    file, remedy: remedyOf(protocol),
  })
}

/** The same failure of opening, with what to do about it in this case. */
export function asProtocolFailure(error: unknown, protocol: PublishedProtocol): unknown {
  if (!(error instanceof StudioError) || error.tag !== 'unsupported') return error
  return new StudioError(error.tag, error.message, { ...(error.file === undefined ? {} : { file: error.file }), remedy: remedyOf(protocol), cause: error })
}

function remedyOf({ title, file, variable }: PublishedProtocol): string {
  return `Give the whole public scene of ${title}, uncut and with all its bands: ${file} with the array ${variable} (--variable if yours has another name), or a conversion of it.`
}
