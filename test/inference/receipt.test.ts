import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { quietContext } from '../../src/main/common/job-context'
import { resourcePath } from '../../src/main/common/project-root'
import { Random } from '../../src/main/common/random'
import type { CubeHeader } from '../../src/main/cube/cube-header'
import { readWindow, type CubeReader } from '../../src/main/cube/cube-reader'
import type { DroppedField } from '../../src/main/cube/cube-writer'
import type { Image } from '../../src/main/cube/image'
import type { PixelWindow } from '../../src/main/cube/pixel-window'
import { quantise } from '../../src/main/cube/quantise'
import { backProjectedBicubic, projectConsistent } from '../../src/main/dataset/back-projection'
import type { Kernel } from '../../src/main/dataset/degrade'
import { createWriter } from '../../src/main/formats/create-writer'
import { openCube } from '../../src/main/formats/registry'
import { makeReceipt } from '../../src/main/inference/receipt/make-receipt'
import type { Receipt } from '../../src/main/inference/receipt/receipt'
import { agreementOf } from '../../src/main/inference/serving-facts'
import { upscaledHeader } from '../../src/main/inference/upscaled-header'
import { gdalPython, hasGdal } from '../formats/gdal'
import { memoryReader, plainHeader, syntheticScene } from '../memory-scene'

let folder = ''
let scene: CubeReader
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dacn-receipt-'))
  scene = await openCube(resourcePath('sample-scene', 'dlr-hysu.tif'))
})
afterAll(async () => {
  await scene.close()
  await rm(folder, { recursive: true, force: true })
})

const SCALE = 2
const WINDOW: PixelWindow = { row: 3, col: 20, rows: 60, cols: 70 }
const BANDS = [40, 3, 99]
const SIDE = 96

interface Written {
  /** What becomes of the computed values before they are rounded and written. */
  change?: (image: Image) => void
  source?: CubeReader
  window?: PixelWindow
  bands?: readonly number[]
  kernel?: Kernel
  consistent?: boolean
  sampleType?: 'source' | 'float32'
  name?: string
  /** What becomes of the header that is written. */
  header?: (header: CubeHeader) => CubeHeader
}

/** Upscales by back-projected bicubic, writes the file and makes its receipt. */
async function receiptOf({
  change = () => undefined, source = scene, window = WINDOW, bands = BANDS, kernel = { kind: 'block' }, consistent = true, sampleType = 'source', name = 'result.tif', header = (same) => same,
}: Written = {}): Promise<{ receipt: Receipt; file: string }> {
  const lowRes: Image = { rows: window.rows, cols: window.cols, bands: bands.length, data: await readWindow(source, window, bands) }
  let image = backProjectedBicubic(lowRes, SCALE, 5, kernel)
  if (consistent && kernel.kind === 'block') image = projectConsistent(image, lowRes, SCALE)
  change(image)
  const expected = upscaledHeader(source.header, { window, bands, sampleType }, SCALE)
  const file = join(folder, name)
  const dropped = await write(file, header(expected), image)
  const result = await openCube(file)
  try {
    const agreement = agreementOf(kernel, consistent, true)
    const receipt = await makeReceipt({ source, window, bands, result, expected, dropped, scale: SCALE, kernel, agreement, side: SIDE }, quietContext())
    return { receipt, file }
  } finally {
    await result.close()
  }
}

async function write(file: string, header: CubeHeader, image: Image): Promise<DroppedField[]> {
  const writer = await createWriter(file, header, { blockSize: SIDE, interleave: 'bsq', history: ['Upscaled'] })
  try {
    for (let index = 0; index < writer.blockCount; index++) {
      const { row, col, rows, cols } = writer.blockWindow(index)
      const values = new Float32Array(rows * cols * image.bands)
      for (let r = 0; r < rows; r++) {
        const from = ((row + r) * image.cols + col) * image.bands
        values.set(image.data.subarray(from, from + cols * image.bands), r * cols * image.bands)
      }
      await writer.writeBlock(index, quantise(values, writer.header.sampleType, header.nodata).samples)
    }
    await writer.finish()
    return [...writer.dropped]
  } finally {
    await writer.close()
  }
}

/** Moves the picture down and to the right by output pixels; the first rows and columns are repeated. */
function shift(image: Image, rows: number, cols: number): void {
  const before = image.data.slice()
  for (let row = 0; row < image.rows; row++) {
    for (let col = 0; col < image.cols; col++) {
      const from = (Math.max(0, row - rows) * image.cols + Math.max(0, col - cols)) * image.bands
      image.data.set(before.subarray(from, from + image.bands), (row * image.cols + col) * image.bands)
    }
  }
}

describe('the receipt of an upscaled file', () => {
  it('passes what was only rounded, and keeps every field', async () => {
    const { receipt } = await receiptOf()
    expect(receipt.consistency).toMatchObject({ passed: true, clamped: 0, validityErrors: 0 })
    expect(receipt.consistency.maxDifference).toBeLessThanOrEqual(0.5)
    expect(receipt.consistency.psnr).toBeGreaterThan(receipt.consistency.threshold)
    expect(receipt.alignment).toMatchObject({ passed: true })
    expect(receipt.pixels).toBe(60 * 70)
    expect(receipt.fields.filter(({ kept }) => !kept)).toEqual([])
    const names = receipt.fields.map(({ field }) => field)
    expect(names).toEqual(expect.arrayContaining(['size', 'bands', 'sample type', 'corners', 'pixel size', 'coordinate system', 'wavelengths', 'nodata']))
    expect(receipt.fields.find(({ field }) => field === 'bands')?.note).toBe('3 of 135, as asked')
  })

  it.skipIf(!hasGdal)('has the numbers of GDAL and numpy', async () => {
    const { receipt, file } = await receiptOf({ change: (image) => { image.data.forEach((value, i) => { image.data[i] = value + (i % 7) - 3 }) } })
    const script = await readFile(join(dirname(fileURLToPath(import.meta.url)), 'receipt-reference.py'), 'utf8')
    const { row, col, rows, cols } = WINDOW
    const truth = gdalPython<{ psnr: number; bandPsnr: number[]; maxDifference: number; pixels: number; sha256: string }>(script, {
      source: scene.files[0], result: file, scale: SCALE, window: [row, col, rows, cols], bands: BANDS,
    })
    expect(receipt.consistency.psnr).toBeCloseTo(truth.psnr, 4)
    receipt.consistency.bandPsnr.forEach((psnr, band) => { expect(psnr).toBeCloseTo(truth.bandPsnr[band] as number, 4) })
    expect(receipt.consistency.maxDifference).toBeCloseTo(truth.maxDifference, 4)
    expect(receipt).toMatchObject({ pixels: truth.pixels, sha256: truth.sha256 })
  })

  it.each([['one output pixel down', 1, 0], ['one to the right', 0, 1], ['a whole input pixel both ways', 2, 2]] as const)('fails a picture that is shifted by %s', async (_name, rows, cols) => {
    const { receipt } = await receiptOf({ change: (image) => { shift(image, rows, cols) } })
    expect(receipt.consistency.passed).toBe(false)
    expect(receipt.alignment?.passed).toBe(false)
    expect(receipt.alignment?.rows).toBeCloseTo(rows / SCALE, 1)
    expect(receipt.alignment?.cols).toBeCloseTo(cols / SCALE, 1)
  })

  it('fails a single value that is off by a few steps', async () => {
    const { receipt } = await receiptOf({ change: (image) => { image.data[12345] = (image.data[12345] as number) + 8 } })
    expect(receipt.consistency.passed).toBe(false)
    expect(receipt.alignment?.passed).toBe(true)
  })

  it('fails a tile that is missing, and one that holds zeros', async () => {
    const lost = (value: number) => (image: Image): void => { for (let row = 0; row < 96; row++) image.data.fill(value, row * image.cols * 3, (row * image.cols + 96) * 3) }
    const missing = (await receiptOf({ change: lost(NaN) })).receipt.consistency
    expect(missing).toMatchObject({ passed: false, validityErrors: 96 * 96 * 3 })
    expect((await receiptOf({ change: lost(0) })).receipt.consistency.passed).toBe(false)
  })

  it('fails a place on the map that is wrong', async () => {
    const { receipt } = await receiptOf({
      header: (right) => {
        const transform = right.georeference?.transform ?? null
        if (right.georeference === null || transform === null) throw new Error('the sample has a place')
        return { ...right, georeference: { ...right.georeference, transform: { ...transform, c: transform.c + transform.a / 2 } } }
      },
    })
    expect(receipt.fields.filter(({ kept }) => !kept)).toEqual([{ field: 'corners', kept: false, note: 'off by up to 0.500 output pixels' }])
  })

  it('lists what the file says differently', async () => {
    const { receipt } = await receiptOf({ header: (right) => ({ ...right, wavelengthNm: [1100, 1200, 1300], nodata: [7, 7, 7] }) })
    const changed = new Map(receipt.fields.filter(({ kept }) => !kept).map(({ field, note }) => [field, note]))
    expect(changed.get('wavelengths')).toMatch(/ became 1100\.0-1300\.0 nm$/)
    expect(changed.get('nodata')).toMatch(/ became 7$/)
  })

  it('names what ENVI can not hold, with the reason of its writer', async () => {
    const { receipt } = await receiptOf({ name: 'result.img' })
    expect(receipt.consistency.passed).toBe(true)
    for (const { kept, note } of receipt.fields) if (!kept) expect(note).not.toBe('')
    expect(receipt.fields.filter(({ field }) => ['corners', 'pixel size', 'coordinate system', 'wavelengths', 'nodata'].includes(field)).every(({ kept }) => kept)).toBe(true)
  })

  it('holds floats to their precision', async () => {
    const { receipt } = await receiptOf({ sampleType: 'float32' })
    expect(receipt.consistency.passed).toBe(true)
    expect(receipt.consistency.allowedDifference).toBeLessThan(0.05)
    const off = await receiptOf({ sampleType: 'float32', change: (image) => { image.data[999] = (image.data[999] as number) + 1 } })
    expect(off.receipt.consistency.passed).toBe(false)
  })

  it('holds a method that does not project to a PSNR', async () => {
    const inexact = { consistent: false, kernel: { kind: 'gaussian', sigma: 1 } } as const
    const { receipt } = await receiptOf(inexact)
    expect(receipt.consistency).toMatchObject({ passed: true, allowedDifference: null })
    const noise = Random.fromSeed(5)
    const noisy = await receiptOf({ ...inexact, change: (image) => { image.data.forEach((value, i) => { image.data[i] = value + 1500 * noise.normal() }) } })
    expect(noisy.receipt.consistency.passed).toBe(false)
  })
})

describe('values at the ends of the type', () => {
  const rows = 24
  const cols = 24
  const syntheticValues = syntheticScene(rows, cols, 1, 4)
  /** Much of it at 0 or 255, where finer pixels would go beyond. */
  const source = memoryReader(plainHeader(rows, cols, 1, 'uint8'), syntheticValues.map((value) => Math.min(255, Math.max(0, Math.round((value - 2000) / 5)))))
  const whole = { source, window: { row: 0, col: 0, rows, cols }, bands: [0] }

  it('are excused when clamping made them', async () => {
    const { receipt } = await receiptOf(whole)
    expect(receipt.consistency.clamped).toBeGreaterThan(0)
    expect(receipt.consistency.passed).toBe(true)
  })

  it.each([0, 255])('are excused beside nodata %i, which takes that end', async (nodata) => {
    const beside = nodata === 0 ? 1 : 254
    const values = Float32Array.from({ length: rows * cols }, (_, i) => Math.min(nodata === 255 ? beside : 255, Math.max(nodata === 0 ? beside : 0, Math.round((syntheticValues[i] as number - 2000) / 5))))
    const marked = memoryReader({ ...plainHeader(rows, cols, 1, 'uint8'), nodata: [nodata] }, values)
    const { receipt } = await receiptOf({ ...whole, source: marked })
    expect(receipt.consistency.clamped).toBeGreaterThan(0)
    expect(receipt.consistency.maxDifference).toBeLessThan(2)
    expect(receipt.consistency.passed).toBe(true)
  })

  it('are not when they lie on the wrong side', async () => {
    for (const end of [0, 255]) {
      const { receipt } = await receiptOf({ ...whole, change: (image) => { image.data.fill(end) } })
      expect(receipt.consistency.passed).toBe(false)
    }
  })
})

describe('missing pixels', () => {
  const rows = 20
  const cols = 20
  const values = syntheticScene(rows, cols, 2, 8).map(Math.round)
  values.fill(-9999, 30, 60)
  values[201] = -9999
  const source = memoryReader({ ...plainHeader(rows, cols, 2, 'int16'), nodata: [-9999, -9999] }, values)
  const whole = { source, window: { row: 0, col: 0, rows, cols }, bands: [0, 1] }
  /** Opens the gaps again, as upscaling does. */
  const reopen = (image: Image): void => {
    for (let i = 0; i < image.data.length; i++) {
      const [band, pixel] = [i % 2, Math.floor(i / 2)]
      const low = (Math.floor(pixel / image.cols / 2) * cols + Math.floor((pixel % image.cols) / 2)) * 2 + band
      if (values[low] === -9999) image.data[i] = NaN
      else if (Number.isNaN(image.data[i])) image.data[i] = values[low] as number
    }
  }

  it('pass where they are, and count as errors anywhere else', async () => {
    const { receipt } = await receiptOf({ ...whole, change: reopen })
    expect(receipt.consistency).toMatchObject({ validityErrors: 0 })
    expect(receipt.pixels).toBe(rows * cols - 15)
    const filled = await receiptOf({ ...whole, change: (image) => { reopen(image); image.data.forEach((value, i) => { if (Number.isNaN(value)) image.data[i] = 5 }) } })
    expect(filled.receipt.consistency).toMatchObject({ passed: false, validityErrors: 31 * 4 })
  })
})
