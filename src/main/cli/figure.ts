import type { SKRSContext2D } from '@napi-rs/canvas'
import { writeFileAtomic } from '../common/atomic-file'
import { StudioError } from '../common/errors'
import { resourcePath } from '../common/project-root'
import type { Image } from '../cube/image'
import type { PixelWindow } from '../cube/pixel-window'
import { scaleWindow } from '../cube/pixel-window'
import { percentileStretch, renderPicture } from './figure/picture'
import { drawSpectra } from './figure/spectrum-plot'
import { FONT_FAMILY, font, INK, SERIES, type Box } from './figure/style'
import { detailMap, mostDetailedPixel, mostDetailedWindow } from './figure/zoom-area'

export interface ComparisonFigure {
  lowRes: Image
  /** `scale` times as many rows and columns as `lowRes`, as has `result`. */
  bicubic: Image
  result: Image
  /** null: the axis counts bands. */
  wavelengthNm: number[] | null
  /** 0-based red, green, blue. */
  rgbBands: [number, number, number]
  title: string
  /** Lines of text; a line with tabs is a row of a table whose first column is text and whose others are numbers. */
  caption: string[]
  /**
   * Pixel of `lowRes` whose spectra are drawn; of its scale x scale pixels in the others, the middle one.
   * null: the pixel of strongest contrast in the enlarged area.
   */
  spectrumAt: { row: number; col: number } | null
  scale: number
}

const WIDTH = 1600
const HEIGHT = 1000
const MARGIN = 44
const GUTTER = 22
const COLUMN = (WIDTH - 2 * MARGIN - 2 * GUTTER) / 3
const TOP = 122
const OVERVIEW_HEIGHT = 342
const ZOOM_HEIGHT = 196
const ROW_GAP = 14
const SPECTRUM_GAP = 34
const BOTTOM_MARGIN = 28
/** The zoomed area is this share of the scene's width, within limits that keep single pixels visible. */
const ZOOM_SHARE = 0.3
const ZOOM_COLS = { least: 12, most: 56 }
const ZOOM_COLOUR = '#ffd60a'

interface Panel {
  title: string
  detail: string
  image: Image
  /** How many of its pixels make one of `lowRes`, along a side. */
  scale: number
}

/**
 * Writes a PNG of 1600 x 1000 pixels that sets an upscaled scene beside its source and the bicubic one: three colour pictures
 * under one stretch (2-98 % of the source), the same most detailed area of each enlarged, the spectra of one pixel, and
 * the caption. Pixels are shown as they are, without smoothing, where they are enlarged. No data is grey.
 * Errors: 'invalid-argument' (sizes or bands that do not fit together), 'io'.
 */
export async function writeComparisonFigure(path: string, figure: ComparisonFigure): Promise<void> {
  assertFits(figure)
  const { createCanvas, GlobalFonts } = await import('@napi-rs/canvas')
  for (const weight of [400, 600]) GlobalFonts.registerFromPath(resourcePath('fonts', `inter-latin-${weight}-normal.woff2`), FONT_FAMILY)
  const canvas = createCanvas(WIDTH, HEIGHT)
  const context = canvas.getContext('2d')
  context.fillStyle = INK.paper
  context.fillRect(0, 0, WIDTH, HEIGHT)
  context.fillStyle = INK.text
  context.font = font(27, 600)
  context.fillText(figure.title, MARGIN, 60, WIDTH - 2 * MARGIN)

  const { lowRes, bicubic, result, scale, rgbBands } = figure
  const stretch = percentileStretch(lowRes, rgbBands)
  const size = (image: Image): string => `${image.cols} × ${image.rows} pixels`
  const panels: Panel[] = [
    { title: 'a  Before', detail: size(lowRes), image: lowRes, scale: 1 },
    { title: `b  Bicubic ${scale}×`, detail: size(bicubic), image: bicubic, scale },
    { title: `c  DACN ${scale}×`, detail: size(result), image: result, scale },
  ]
  const source = renderPicture(lowRes, rgbBands, stretch)
  const hasData = (pixel: number): boolean => rgbBands.every((band) => !Number.isNaN(lowRes.data[pixel * lowRes.bands + band]))
  const details = detailMap(source, lowRes.rows, lowRes.cols, hasData)
  const whole: PixelWindow = { row: 0, col: 0, rows: lowRes.rows, cols: lowRes.cols }
  // what a wide scene leaves free goes to the enlarged areas
  const overviewHeight = Math.min(OVERVIEW_HEIGHT, COLUMN * lowRes.rows / lowRes.cols)
  const zoomHeight = ZOOM_HEIGHT + (OVERVIEW_HEIGHT - overviewHeight) / 2
  const zoomTop = TOP + overviewHeight + ROW_GAP
  const bottom = zoomTop + zoomHeight + SPECTRUM_GAP
  const zoom = mostDetailedWindow(details, zoomSize(lowRes, zoomHeight))
  const spectrumAt = figure.spectrumAt ?? mostDetailedPixel(details, zoom)

  panels.forEach((panel, i) => {
    const x = MARGIN + i * (COLUMN + GUTTER)
    const picture = createCanvas(panel.image.cols, panel.image.rows)
    const pictureContext = picture.getContext('2d')
    const pixels = pictureContext.createImageData(panel.image.cols, panel.image.rows)
    pixels.data.set(panel.image === lowRes ? source : renderPicture(panel.image, rgbBands, stretch))
    pictureContext.putImageData(pixels, 0, 0)
    drawPanelTitle(context, panel, x)
    const overview = fit(whole, { x, y: TOP, width: COLUMN, height: overviewHeight })
    const draw = (window: PixelWindow, box: Box): void => {
      const from = scaleWindow(window, panel.scale)
      context.imageSmoothingEnabled = box.width < from.cols
      context.drawImage(picture, from.col, from.row, from.cols, from.rows, box.x, box.y, box.width, box.height)
    }
    draw(whole, overview)
    markWindow(context, zoom, whole, overview)
    markPixel(context, spectrumAt, overview, lowRes)
    const enlarged = fit(zoom, { x, y: zoomTop, width: COLUMN, height: zoomHeight })
    draw(zoom, enlarged)
    context.strokeStyle = ZOOM_COLOUR
    context.lineWidth = 3
    context.strokeRect(enlarged.x + 1.5, enlarged.y + 1.5, enlarged.width - 3, enlarged.height - 3)
  })

  drawSpectra(
    context, { x: MARGIN, y: bottom, width: 2 * COLUMN + GUTTER, height: HEIGHT - BOTTOM_MARGIN - bottom },
    [
      { label: `Before, pixel at row ${spectrumAt.row}, column ${spectrumAt.col}`, colour: SERIES.lowRes, width: 6, dash: [], values: spectrum(lowRes, spectrumAt, 1) },
      { label: `DACN ${scale}×`, colour: SERIES.result, width: 2.25, dash: [], values: spectrum(result, spectrumAt, scale) },
      { label: `Bicubic ${scale}×`, colour: SERIES.bicubic, width: 2.25, dash: [8, 5], values: spectrum(bicubic, spectrumAt, scale) },
    ],
    figure.wavelengthNm,
    [{ band: rgbBands[2], colour: '#2f6fde' }, { band: rgbBands[1], colour: '#2e9e4f' }, { band: rgbBands[0], colour: '#d6423b' }],
  )
  const caption: Box = { x: MARGIN + 2 * (COLUMN + GUTTER), y: bottom, width: COLUMN, height: HEIGHT - BOTTOM_MARGIN - bottom }
  drawCaption(context, figure.caption, { ...caption, height: caption.height - 30 })
  context.font = font(14)
  context.fillStyle = INK.soft
  context.fillText(`Colours: ${colourText(figure)}; one stretch, 2–98 % of a.`, caption.x, caption.y + caption.height - 4, caption.width)
  await writeFileAtomic(path, await canvas.encode('png'))
}

function assertFits({ lowRes, bicubic, result, scale, wavelengthNm, rgbBands, spectrumAt }: ComparisonFigure): void {
  const enlarged = (image: Image): boolean => image.rows === lowRes.rows * scale && image.cols === lowRes.cols * scale && image.bands === lowRes.bands
  const inside = spectrumAt === null || (spectrumAt.row >= 0 && spectrumAt.row < lowRes.rows && spectrumAt.col >= 0 && spectrumAt.col < lowRes.cols)
  const known = rgbBands.every((band) => band >= 0 && band < lowRes.bands) && (wavelengthNm === null || wavelengthNm.length === lowRes.bands)
  if (enlarged(bicubic) && enlarged(result) && inside && known) return
  throw new StudioError('invalid-argument', `The images of the figure do not fit together: ${lowRes.cols} x ${lowRes.rows} x ${lowRes.bands} enlarged ${scale} times is neither or only one of ${bicubic.cols} x ${bicubic.rows} x ${bicubic.bands} and ${result.cols} x ${result.rows} x ${result.bands}, or a band, a wavelength or the marked pixel is missing.`, {
    remedy: 'Give the bicubic and the upscaled image of the same scene and bands.',
  })
}

function colourText({ wavelengthNm, rgbBands }: ComparisonFigure): string {
  if (wavelengthNm === null) return `bands ${rgbBands.map((band) => band + 1).join(', ')}`
  return `${rgbBands.map((band) => (wavelengthNm[band] as number).toFixed(0)).join(', ')} nm`
}

function zoomSize({ cols }: Image, height: number): { rows: number; cols: number } {
  const width = Math.max(ZOOM_COLS.least, Math.min(ZOOM_COLS.most, Math.round(cols * ZOOM_SHARE)))
  return { cols: width, rows: Math.max(1, Math.floor(width * height / COLUMN)) }
}

/** The largest box of the window's proportions inside `area`, at its top and centred. */
function fit(window: PixelWindow, area: Box): Box {
  const factor = Math.min(area.width / window.cols, area.height / window.rows)
  const width = window.cols * factor
  return { x: area.x + (area.width - width) / 2, y: area.y, width, height: window.rows * factor }
}

function spectrum(image: Image, at: { row: number; col: number }, scale: number): number[] {
  const middle = Math.floor(scale / 2)
  const pixel = (at.row * scale + middle) * image.cols + at.col * scale + middle
  return Array.from(image.data.subarray(pixel * image.bands, (pixel + 1) * image.bands))
}

function drawPanelTitle(context: SKRSContext2D, { title, detail }: Panel, x: number): void {
  context.textAlign = 'left'
  context.font = font(18, 600)
  context.fillStyle = INK.text
  context.fillText(title, x, TOP - 14)
  const width = context.measureText(title).width
  context.font = font(15)
  context.fillStyle = INK.soft
  context.fillText(detail, x + width + 14, TOP - 14)
}

function markWindow(context: SKRSContext2D, window: PixelWindow, whole: PixelWindow, box: Box): void {
  const factor = box.width / whole.cols
  const frame = [box.x + window.col * factor, box.y + window.row * factor, window.cols * factor, window.rows * factor] as const
  context.strokeStyle = 'rgba(0, 0, 0, 0.55)'
  context.lineWidth = 4
  context.strokeRect(...frame)
  context.strokeStyle = ZOOM_COLOUR
  context.lineWidth = 2
  context.strokeRect(...frame)
}

function markPixel(context: SKRSContext2D, at: { row: number; col: number }, box: Box, { cols }: Image): void {
  const factor = box.width / cols
  const x = box.x + (at.col + 0.5) * factor
  const y = box.y + (at.row + 0.5) * factor
  for (const [colour, width] of [['#000000', 4.5], ['#ffffff', 2]] as const) {
    context.strokeStyle = colour
    context.lineWidth = width
    context.beginPath()
    context.arc(x, y, 8, 0, 2 * Math.PI)
    context.stroke()
  }
}

function drawCaption(context: SKRSContext2D, lines: readonly string[], box: Box): void {
  const cells = lines.map((line) => line.split('\t'))
  const columns = Math.max(2, ...cells.map((row) => row.length))
  const lineHeight = Math.min(27, (box.height - 10) / Math.max(1, lines.length))
  context.fillStyle = INK.text
  cells.forEach((row, i) => {
    const y = box.y + 16 + i * lineHeight
    const heading = row.length > 1 && row[0] === ''
    row.forEach((text, column) => {
      context.font = font(16, heading ? 600 : 400)
      context.textAlign = column === 0 ? 'left' : 'right'
      // numbers share the right two thirds
      const right = box.x + box.width * (1 - (columns - 1 - column) * 0.66 / (columns - 1))
      context.fillText(text, column === 0 ? box.x : right, y, row.length === 1 ? box.width : box.width * 0.62)
    })
    if (heading) {
      context.fillStyle = INK.frame
      context.fillRect(box.x, y + 8, box.width, 1)
      context.fillStyle = INK.text
    }
  })
  context.textAlign = 'left'
}
