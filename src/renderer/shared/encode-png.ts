/** The bytes of a PNG file. Errors: an `Error` when the picture is larger than the browser can encode. */
export async function encodePng(canvas: HTMLCanvasElement): Promise<Uint8Array> {
  const blob = await new Promise<Blob | null>((resolve) => { canvas.toBlob(resolve, 'image/png') })
  if (blob === null) throw new Error(`A picture of ${canvas.width} x ${canvas.height} pixels can't be encoded: make it smaller.`)
  return new Uint8Array(await blob.arrayBuffer())
}
