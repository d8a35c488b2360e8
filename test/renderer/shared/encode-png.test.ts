// @vitest-environment happy-dom
import { expect, it } from 'vitest'
import { encodePng } from '../../../src/renderer/shared/encode-png'

function canvasOf(blob: Blob | null): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width: 40_000, height: 30_000, toBlob: (done: BlobCallback, type: string) => { done(type === 'image/png' ? blob : null) } })
  return canvas
}

it('gives the bytes of the picture', async () => {
  expect([...await encodePng(canvasOf(new Blob([Uint8Array.of(137, 80, 78, 71)])))]).toEqual([137, 80, 78, 71])
})

it('says so when the browser can\'t encode it, so that no empty file is saved', async () => {
  await expect(encodePng(canvasOf(null))).rejects.toThrow('A picture of 40000 x 30000 pixels can\'t be encoded: make it smaller.')
})
