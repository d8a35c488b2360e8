import type { SceneFacts } from '../../src/main/scenes/scene-facts'

/** A small scene in lines, its third band bad. */
export const sceneFacts: SceneFacts = {
  format: 'ENVI', files: ['/data/jasper.img', '/data/jasper.hdr'], sizeBytes: 20_000, fingerprint: 'f1', rows: 50, cols: 50, bands: 4, sampleType: 'uint16', interleave: 'bil',
  wavelengthNm: [450, 550, 650, 750], fwhmNm: null, badBands: [false, false, true, false], bandNames: null, nodata: [null, null, null, null],
  gain: null, offset: null, transform: null, crs: null, pixelSize: null, description: null, rgb: [2, 1, 0], notices: [], metadata: [], needsWorkingCopy: false, overviews: 'unneeded',
}
