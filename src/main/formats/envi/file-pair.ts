import { open, readdir, stat } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import { StudioError, toStudioError } from '../../common/errors'
import { looksLikeEnviHeader, type EnviHeaderText } from './header-text'
import { enviFileType, fieldOf } from './raster-layout'

/** File names are compared without regard to case and to how accents are encoded. */
const fold = (name: string): string => name.normalize('NFC').toLowerCase()

async function siblings(path: string): Promise<string[]> {
  try {
    return await readdir(dirname(path))
  } catch (error) {
    throw toStudioError(error, dirname(path))
  }
}

async function isRegularFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}

/** The first `count` bytes of a regular file; fewer when it is shorter. */
export async function readStart(path: string, count: number): Promise<Uint8Array> {
  try {
    const handle = await open(path, 'r')
    try {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(count), 0, count, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw toStudioError(error, path)
  }
}

const stem = (name: string): string => name.slice(0, name.length - extname(name).length)

/**
 * The ENVI header that belongs to a data file: `x.img.hdr`, then `x.hdr`, in any case; only files that start like an
 * ENVI header count. `otherHeader` is a companion of the right name that is something else (an ESRI header), or null.
 */
export async function findEnviHeader(dataPath: string): Promise<{ path: string | null; otherHeader: string | null }> {
  const name = fold(basename(dataPath))
  const wanted = [...new Set([`${name}.hdr`, `${stem(name)}.hdr`])].filter((candidate) => candidate !== name)
  const names = await siblings(dataPath)
  let otherHeader: string | null = null
  for (const candidate of wanted) {
    const found = names.filter((sibling) => fold(sibling) === candidate)
    for (const sibling of found.sort((p, q) => closeness(q, dataPath) - closeness(p, dataPath))) {
      const path = join(dirname(dataPath), sibling)
      if (!(await isRegularFile(path))) continue
      if (looksLikeEnviHeader(await readStart(path, 64))) return { path, otherHeader: null }
      otherHeader ??= path
    }
  }
  return { path: null, otherHeader }
}

/** On disks that tell cases apart, the companion spelled like the file itself comes first. */
function closeness(sibling: string, dataPath: string): number {
  return stem(basename(dataPath)) === stem(sibling) || basename(dataPath) === stem(sibling) ? 1 : 0
}

const USUAL_EXTENSIONS = ['', '.img', '.dat', '.bsq', '.bil', '.bip', '.raw', '.bin', '.cube', '.envi']

/** Companions that are never the pixels of an ENVI header beside them. */
const FOREIGN = /\.(hdr|mat|xml|txt|json|png|jpe?g|csv|enp|sta|ovr|md|pdf|zip|part|journal|tmp|prj|tfw|wld|kml|log)$/

/**
 * The data file of a header. Candidates are `x` for `x.hdr`, then every sibling `x.*`; one of exactly `sizeBytes` wins,
 * then usual extensions. For `file type = TIFF` only .tif and .tiff and the usual extensions count, in that order.
 * Throws 'not-found' when there is none.
 */
export async function findEnviBody(header: EnviHeaderText, sizeBytes: number | null): Promise<string> {
  const headerName = fold(basename(header.path))
  const base = headerName.endsWith('.hdr') ? headerName.slice(0, -4) : headerName
  const interleave = `.${fieldOf(header, 'interleave')?.toLowerCase() ?? ''}`
  const tiff = enviFileType(header) === 'tiff'
  const order = [...(tiff ? ['.tif', '.tiff'] : []), ...(['.bsq', '.bil', '.bip'].includes(interleave) ? [interleave] : []), ...USUAL_EXTENSIONS]
  const found: { path: string; rank: number }[] = []
  for (const sibling of await siblings(header.path)) {
    const name = fold(sibling)
    const exact = name === base
    if (name === headerName || (!exact && (stem(name) !== base || FOREIGN.test(name)))) continue
    const extension = exact ? '' : extname(name)
    const position = order.indexOf(extension)
    const path = join(dirname(header.path), sibling)
    if (!(await isRegularFile(path))) continue
    const fits = sizeBytes !== null && !tiff && (await stat(path)).size === sizeBytes
    found.push({ path, rank: (fits ? 1000 : 0) + (position < 0 ? 0 : 100 - position) + closeness(basename(header.path), path) / 2 })
  }
  found.sort((p, q) => q.rank - p.rank)
  const best = found[0]
  if (best !== undefined) return best.path
  throw new StudioError('not-found', `${header.path}: the data file that belongs to this header is not beside it.`, {
    file: header.path,
    remedy: `Put the data file into the same folder, named ${stem(basename(header.path))} with or without .img, .dat, .bsq, .bil or .bip.`,
  })
}
