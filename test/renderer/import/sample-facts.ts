import type { ImportCandidate } from '../../../src/preload/contract'
import type { SceneFacts } from '../../../src/renderer/import/types'

/** Facts of a scene with four bands. */
export function sampleFacts(part: Partial<SceneFacts> = {}): SceneFacts {
  return {
    format: 'ENVI', files: ['/data/scene.img', '/data/scene.hdr'], sizeBytes: 2_400_000, fingerprint: 'f1', rows: 1200, cols: 800, bands: 4, sampleType: 'int16', interleave: 'bsq',
    wavelengthNm: [450, 550, 650, 2450], fwhmNm: null, badBands: [false, true, false, false], bandNames: null, nodata: [-99, -99, -99, -99], gain: null, offset: null,
    transform: null, crs: { name: 'WGS 84 / UTM zone 33N', epsg: 32633, kind: 'projected', proj4: '+proj=utm +zone=33 +datum=WGS84 +units=m +no_defs' }, pixelSize: { x: 30, y: 30, unit: 'm' },
    description: null, rgb: [2, 1, 0], notices: [], metadata: [['wavelength', '{ 0.45, 0.55,\n 0.65, 2.45}']], needsWorkingCopy: false, overviews: 'unneeded', ...part,
  }
}

export function sampleCandidate(handle: string, part: Partial<ImportCandidate> = {}): ImportCandidate {
  return { handle, path: `/data/${handle}.hdr`, facts: sampleFacts({ files: [`/data/${handle}.img`] }), error: null, variables: [], duplicateOf: null, ...part }
}

/** A file that can't be read. */
export function brokenCandidate(handle: string): ImportCandidate {
  const path = `/data/${handle}.hdr`
  return sampleCandidate(handle, { facts: null, error: { tag: 'malformed', message: `${path}: the samples are complex numbers.`, file: path, remedy: 'Save one part as real numbers.' } })
}
