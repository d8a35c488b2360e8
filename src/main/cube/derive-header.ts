import { StudioError } from '../common/errors'
import type { CubeHeader, GdalMetadataItem, Notice } from './cube-header'
import { enviKeyOfGdalName } from './envi-list'
import { resizeEnviFields, type GridChange } from './envi-resize'
import { offsetGeoreference, refineGeoreference } from './georeference'
import { assertWindowInside, type PixelWindow } from './pixel-window'

/**
 * Header of the scene upscaled `scale` times: size, georeference and every raw field that speaks of pixels follow; the
 * outer corners stay where they are on the map, all that describes bands and values is unchanged. `scale` is a whole
 * number of 1 or more, else 'invalid-argument'.
 */
export function refineHeader(header: CubeHeader, scale: number): CubeHeader {
  assertScale(scale)
  return onGrid(header, { scale, rowOffset: 0, colOffset: 0, rows: header.rows * scale, cols: header.cols * scale })
}

/**
 * Header of the scene reduced `scale` times by block means. Rows and columns beyond the last whole block, at the lower
 * and right edge, are cut off. 'invalid-argument' when not one block fits.
 */
export function coarsenHeader(header: CubeHeader, scale: number): CubeHeader {
  assertScale(scale)
  const rows = Math.floor(header.rows / scale)
  const cols = Math.floor(header.cols / scale)
  if (rows < 1 || cols < 1) {
    throw new StudioError('invalid-argument', `A scene of ${header.rows} x ${header.cols} pixels can't be reduced ${scale} times.`, {
      remedy: 'Choose a smaller scale or a larger scene.',
    })
  }
  return onGrid(header, { scale: 1 / scale, rowOffset: 0, colOffset: 0, rows, cols })
}

/** Header of the part of the scene inside `window` ('invalid-argument' when it does not lie inside). */
export function windowHeader(header: CubeHeader, window: PixelWindow): CubeHeader {
  assertWindowInside(window, header)
  return onGrid(header, { scale: 1, rowOffset: window.row, colOffset: window.col, rows: window.rows, cols: window.cols })
}

function assertScale(scale: number): void {
  if (Number.isInteger(scale) && scale >= 1) return
  throw new StudioError('invalid-argument', `The scale ${scale} is not a whole number of 1 or more.`, { remedy: 'Choose 2, 3, 4 or 8.' })
}

function onGrid(header: CubeHeader, change: GridChange): CubeHeader {
  const { rows, cols, scale, rowOffset, colOffset } = change
  const { georeference } = header
  const transform = georeference?.transform ?? null
  const { metadata, notices } = resizeMetadata(header.metadata, change, transform)
  return {
    ...header,
    rows,
    cols,
    georeference: georeference === null ? null : refineGeoreference(offsetGeoreference(georeference, rowOffset, colOffset), scale),
    metadata,
    notices: [...header.notices, ...notices],
  }
}

function resizeMetadata(
  metadata: CubeHeader['metadata'],
  change: GridChange,
  transform: Parameters<typeof resizeEnviFields>[2],
): { metadata: CubeHeader['metadata']; notices: Notice[] } {
  switch (metadata.kind) {
    case 'mat':
      return { metadata, notices: [] }
    case 'envi': {
      const { fields, notices } = resizeEnviFields(metadata.fields, change, transform)
      return { metadata: { ...metadata, fields }, notices }
    }
    case 'tiff': {
      const notices: Notice[] = []
      const items = metadata.items.flatMap((item): GdalMetadataItem[] => {
        // Statistics are those of the old pixels.
        if (item.name.startsWith('STATISTICS_')) return []
        if (item.domain !== 'ENVI' || item.band !== null) return [item]
        const resized = resizeEnviFields([[enviKeyOfGdalName(item.name), item.value]], change, transform)
        notices.push(...resized.notices)
        return resized.fields.map(([, value]) => ({ ...item, value }))
      })
      return { metadata: { ...metadata, items }, notices }
    }
  }
}
