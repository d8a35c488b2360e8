import { colourTable, type ColourMapName } from '../shared/colour/colour-map'
import type { Limits } from '../shared/map/stretch'
import type { AxisLabel } from './axis-labels'
import { limitWords } from './limit-words'

/** How a picture is saved. */
export interface PictureChoice {
  /** Pixels a CSS pixel of the window. */
  scale: number
  transparent: boolean
}

/** A cube as it was drawn for a picture. */
export interface DrawnCube {
  drawing: CanvasImageSource & { width: number; height: number }
  /** Pixels a CSS pixel. */
  scale: number
  labels: readonly AxisLabel[]
  title: string
  colourMap: ColourMapName
  /** Ends of the colour map; null = each band has its own. */
  limits: Limits | null
  isSigned: boolean
}

/** Of the legend under a cube, in CSS pixels. */
const MARGIN = 16
const BAR = { width: 120, height: 8 }

/** Cubes beside each other with their labels, names and legends as one picture, in the colours of the theme. */
export function composePicture(cubes: readonly DrawnCube[], { transparent }: Pick<PictureChoice, 'transparent'>): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = cubes.reduce((sum, { drawing }) => sum + drawing.width, 0)
  canvas.height = Math.max(...cubes.map(({ drawing }) => drawing.height))
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  if (!transparent) {
    context.fillStyle = themeColour('--map')
    context.fillRect(0, 0, canvas.width, canvas.height)
  }
  let left = 0
  for (const cube of cubes) {
    context.setTransform(1, 0, 0, 1, left, 0)
    context.drawImage(cube.drawing, 0, 0)
    writeLabels(context, cube, left)
    context.setTransform(cube.scale, 0, 0, cube.scale, left, 0)
    writeLegend(context, cube, cubes.length > 1, cube.drawing.height / cube.scale)
    left += cube.drawing.width
  }
  return canvas
}

function themeColour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}

function writeLabels(context: CanvasRenderingContext2D, { labels, scale }: DrawnCube, left: number): void {
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { label, isName, x, y, turnDegrees } of labels) {
    context.setTransform(scale, 0, 0, scale, left + x * scale, y * scale)
    context.rotate((turnDegrees * Math.PI) / 180)
    context.font = `${isName ? 600 : 400} 11px Inter, sans-serif`
    context.fillStyle = themeColour(isName ? '--text' : '--muted')
    context.fillText(label, 0, 0)
  }
}

/** The cube's name above, where there are others, and its colours below. */
function writeLegend(context: CanvasRenderingContext2D, { title, colourMap, limits, isSigned }: DrawnCube, isNamed: boolean, height: number): void {
  context.textAlign = 'left'
  context.textBaseline = 'alphabetic'
  if (isNamed) {
    context.font = '600 13px Inter, sans-serif'
    context.fillStyle = themeColour('--text')
    context.fillText(title, MARGIN, MARGIN + 12)
  }
  const table = colourTable(colourMap)
  const gradient = context.createLinearGradient(MARGIN, 0, MARGIN + BAR.width, 0)
  for (let stop = 0; stop <= 16; stop++) {
    const at = Math.round((stop * 255) / 16) * 4
    gradient.addColorStop(stop / 16, `rgb(${table[at] as number} ${table[at + 1] as number} ${table[at + 2] as number})`)
  }
  context.fillStyle = gradient
  context.fillRect(MARGIN, height - MARGIN - BAR.height, BAR.width, BAR.height)
  const { low, high } = limitWords(limits, isSigned)
  context.font = '11px Inter, sans-serif'
  context.fillStyle = themeColour('--muted')
  context.fillText(low, MARGIN, height - MARGIN - BAR.height - 6)
  context.textAlign = 'right'
  context.fillText(high, MARGIN + BAR.width, height - MARGIN - BAR.height - 6)
}
