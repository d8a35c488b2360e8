import type { AxisLabel } from './axis-labels'

/** How a picture is saved. */
export interface PictureChoice {
  /** Pixels a CSS pixel of the window. */
  scale: number
  transparent: boolean
}

/** The drawing with its labels as one picture, in the colours of the theme. */
export function composePicture(drawing: CanvasImageSource & { width: number; height: number }, labels: readonly AxisLabel[], { scale, transparent }: PictureChoice): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = drawing.width
  canvas.height = drawing.height
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
  if (!transparent) {
    context.fillStyle = colour('--map')
    context.fillRect(0, 0, canvas.width, canvas.height)
  }
  context.drawImage(drawing, 0, 0)
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { label, isName, x, y, turnDegrees } of labels) {
    context.setTransform(scale, 0, 0, scale, x * scale, y * scale)
    context.rotate((turnDegrees * Math.PI) / 180)
    context.font = `${isName ? 600 : 400} 11px Inter, sans-serif`
    context.fillStyle = colour(isName ? '--text' : '--muted')
    context.fillText(label, 0, 0)
  }
  return canvas
}

/** Errors: an `Error` when the picture is larger than the browser can encode. */
export async function toPng(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/png') })
  if (blob === null) throw new Error(`A picture of ${canvas.width} x ${canvas.height} pixels can't be encoded.`)
  return new Uint8Array(await blob.arrayBuffer())
}
