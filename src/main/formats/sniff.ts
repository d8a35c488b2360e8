import { looksLikeEnviHeader } from './envi'
import { matFlavour } from './mat'

/** What the first bytes of a file say about it; `other` carries a name for people. */
export type FoundFormat = { kind: 'envi-header' } | { kind: 'tiff' } | { kind: 'matlab' } | { kind: 'other'; name: string } | { kind: 'unknown' }

/** Enough to reach the HDF5 signature behind the largest block that MATLAB puts before it. */
export const SNIFF_BYTES = 2056

/** What a gzip stream is called. */
export const GZIP = 'a gzip archive'

const OTHER_SIGNATURES: [signature: string, name: string][] = [
  ['CDF\x01', 'a NetCDF file'],
  ['CDF\x02', 'a NetCDF file'],
  ['CDF\x05', 'a NetCDF file'],
  ['\x0e\x03\x13\x01', 'an HDF4 file'],
  ['\x89PNG', 'a PNG picture'],
  ['\xff\xd8\xff', 'a JPEG picture'],
  ['GIF8', 'a GIF picture'],
  ['\x00\x00\x00\x0cjP', 'a JPEG 2000 picture'],
  ['\xff\x4f\xff\x51', 'a JPEG 2000 picture'],
  ['EHFA_HEADER_TAG', 'an ERDAS Imagine file'],
  ['NITF', 'a NITF file'],
  ['SIMPLE  =', 'a FITS file'],
  ['PK\x03\x04', 'a ZIP archive'],
  ['\x1f\x8b', GZIP],
  ['7z\xbc\xaf', 'a 7-Zip archive'],
  ['\x93NUMPY', 'a NumPy file'],
  ['%PDF', 'a PDF file'],
  ['BYTEORDER', 'an ESRI raster header'],
  ['NROWS', 'an ESRI raster header'],
  ['ncols', 'an ESRI ASCII grid'],
  ['<?xml', 'an XML file'],
]

const TIFF_SIGNATURES = ['II*\0', 'MM\0*', 'II+\0', 'MM\0+']

/** Recognises a file by its first `SNIFF_BYTES` bytes; its name plays no part. */
export function sniff(start: Uint8Array): FoundFormat {
  if (looksLikeEnviHeader(start)) return { kind: 'envi-header' }
  const text = Buffer.from(start).toString('latin1')
  if (TIFF_SIGNATURES.some((signature) => text.startsWith(signature))) return { kind: 'tiff' }
  if (matFlavour(Buffer.from(start)) !== 'v4-or-none') return { kind: 'matlab' }
  const other = OTHER_SIGNATURES.find(([signature]) => text.startsWith(signature))
  return other === undefined ? { kind: 'unknown' } : { kind: 'other', name: other[1] }
}
