import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Compression } from '../../src/main/cube/cube-writer'
import { SAMPLE_TYPES, type SampleType } from '../../src/main/cube/sample-type'
import { createGeoTiffWriter } from '../../src/main/formats/geotiff/writer'
import { needsBigTiff, planWriting } from '../../src/main/formats/geotiff/write-plan'
import { hasGdal } from './gdal'
import { gdalViews, samplesHash, testHeader, testOptions, testSamples, writeWhole } from './geotiff-writing'

const folder = mkdtempSync(join(tmpdir(), 'dacn-geotiff-write-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const GDAL_TYPE: Partial<Record<SampleType, string>> = {
  uint8: 'Byte', uint16: 'UInt16', int16: 'Int16', uint32: 'UInt32', int32: 'Int32', float32: 'Float32', float64: 'Float64',
}

interface Case {
  size: [rows: number, cols: number, bands: number]
  type: SampleType
  compression: Compression
  interleave: 'bsq' | 'bip'
  blockSize: number
}

describe.skipIf(!hasGdal)('GDAL reads what the GeoTIFF writer wrote', () => {
  it('in every type, compression and interleave', async () => {
    const cases: Case[] = []
    for (const type of Object.keys(GDAL_TYPE) as SampleType[]) {
      for (const compression of ['none', 'deflate', 'zstd'] as const) {
        for (const interleave of ['bsq', 'bip'] as const) cases.push({ size: [37, 53, 5], type, compression, interleave, blockSize: 32 })
      }
    }
    await compare(cases)
  })

  it('in every odd size', async () => {
    const sizes: Case['size'][] = [[1, 1, 1], [1, 1, 3], [17, 33, 1], [16, 16, 2], [1, 200, 4], [200, 1, 4], [48, 49, 2], [31, 65, 3], [64, 128, 2]]
    await compare(sizes.flatMap((size) => (['bsq', 'bip'] as const).map((interleave) => (
      { size, type: 'int16', compression: 'deflate', interleave, blockSize: 16 } as const))))
  })

  it('with 1 to 400 bands', async () => {
    await compare([2, 182, 224, 400].flatMap((bands) => (['bsq', 'bip'] as const).map((interleave) => (
      { size: [18, 20, bands], type: bands === 182 ? 'float32' : 'uint16', compression: 'zstd', interleave, blockSize: 16 } as const))))
  })
})

async function compare(cases: Case[]): Promise<void> {
  const written: { path: string; hash: string; sizeBytes: number }[] = []
  for (const { size, type, compression, interleave, blockSize } of cases) {
    const path = join(folder, `${type}-${compression}-${interleave}-${blockSize}-${size.join('x')}.tif`)
    const samples = testSamples(...size, type)
    const { files, sizeBytes } = await writeWhole(path, testHeader(...size, type), testOptions({ compression, interleave, blockSize }), samples)
    expect(files).toEqual([path])
    written.push({ path, hash: samplesHash(samples), sizeBytes })
  }
  gdalViews(written.map(({ path }) => path)).forEach((view, index) => {
    const { size: [rows, cols, bands], type, compression, interleave, blockSize } = cases[index] as Case
    const { path, hash, sizeBytes } = written[index] as { path: string; hash: string; sizeBytes: number }
    expect(view, path).toMatchObject({ rows, cols, bands, hash, type: GDAL_TYPE[type] })
    expect(view.structure.INTERLEAVE, path).toBe(interleave === 'bip' && bands > 1 ? 'PIXEL' : 'BAND')
    expect(view.structure.COMPRESSION, path).toBe(compression === 'none' ? undefined : compression.toUpperCase())
    const predictor = SAMPLE_TYPES[type].integer ? '2' : '3'
    expect(view.structure.PREDICTOR, path).toBe(compression === 'none' ? undefined : predictor)
    expect(view.block, path).toEqual([Math.min(blockSize, Math.ceil(cols / 16) * 16), Math.min(blockSize, Math.ceil(rows / 16) * 16)])
    expect(readFileSync(path).length).toBe(sizeBytes)
  })
}

describe('the GeoTIFF writer', () => {
  it('stores int8 as signed bytes', async () => {
    const samples = testSamples(20, 30, 2, 'int8')
    const path = join(folder, 'int8.tif')
    await writeWhole(path, testHeader(20, 30, 2, 'int8'), testOptions({ compression: 'none' }), samples)
    const bytes = readFileSync(path)
    // one block of 32 x 32 a band behind the header, the second band from 8 + 1024
    const stored = Array.from({ length: 600 }, (_, i) => bytes.readInt8(8 + 1024 + Math.floor(i / 30) * 32 + (i % 30)))
    expect(stored).toEqual(Array.from({ length: 600 }, (_, i) => samples[i * 2 + 1]))
    if (hasGdal) expect(gdalViews([path])[0]?.band[0]?.metadata.IMAGE_STRUCTURE?.PIXELTYPE ?? 'Int8').toMatch(/SIGNEDBYTE|Int8/)
  })

  it('makes equal bytes out of equal input', async () => {
    const samples = testSamples(150, 130, 7, 'float32')
    for (const compression of ['deflate', 'zstd'] as const) {
      const [first, second] = await Promise.all(['a', 'b'].map(async (name) => {
        const path = join(folder, `equal-${compression}-${name}.tif`)
        await writeWhole(path, testHeader(150, 130, 7, 'float32'), testOptions({ compression, blockSize: 16 }), samples)
        return readFileSync(path)
      }))
      expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true)
    }
  })

  it('takes BigTIFF by the uncompressed size, overviews included', async () => {
    expect(needsBigTiff(3_999_999_999)).toBe(false)
    expect(needsBigTiff(4_000_000_000)).toBe(true)
    const bigTiff = (rows: number, overviews: 'auto' | 'none') =>
      planWriting(testHeader(rows, 10240, 10, 'int16'), testOptions({ overviews, blockSize: 512 }), 'x.tif').bigTiff
    expect(bigTiff(18432, 'none')).toBe(false)
    expect(bigTiff(18432, 'auto')).toBe(true)
    expect(bigTiff(20480, 'none')).toBe(true)

    const path = join(folder, 'big.tif')
    const writer = await createGeoTiffWriter(path, testHeader(40000, 40000, 10, 'int16'), testOptions())
    expect([...readFileSync(`${path}.part`)]).toEqual([0x49, 0x49, 43, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    await writer.close()
  })

  it('refuses what a GeoTIFF can\'t be, before touching the disk', async () => {
    const path = join(folder, 'refused.tif')
    const attempt = async (header: Parameters<typeof testHeader>, options: Parameters<typeof testOptions>[0]) =>
      createGeoTiffWriter(path, testHeader(...header), testOptions(options))
    await expect(attempt([4, 4, 1, 'int16'], { interleave: 'bil' })).rejects.toMatchObject({ tag: 'invalid-argument', file: path })
    await expect(attempt([4, 4, 1, 'int16'], { blockSize: 100 })).rejects.toMatchObject({ tag: 'invalid-argument' })
    await expect(attempt([0, 4, 1, 'int16'], {})).rejects.toMatchObject({ tag: 'invalid-argument' })
    await expect(attempt([4, 4, 1, 'int64'], {})).rejects.toMatchObject({ tag: 'unsupported', remedy: /float64/ })
    await expect(attempt([4, 4, 65536, 'uint8'], {})).rejects.toMatchObject({ tag: 'too-large' })
    await expect(attempt([512, 512, 400, 'float64'], { blockSize: 512, interleave: 'bip' })).rejects.toMatchObject({ tag: 'too-large' })
    expect(() => readFileSync(`${path}.part`)).toThrow(/ENOENT/)
  })

  it('refuses blocks out of order, of another size or type, and an early finish', async () => {
    const path = join(folder, 'order.tif')
    const writer = await createGeoTiffWriter(path, testHeader(100, 100, 2, 'int16'), testOptions())
    expect(writer.blockCount).toBe(4)
    expect(writer.blockWindow(3)).toEqual({ row: 64, col: 64, rows: 36, cols: 36 })
    const bad = { tag: 'invalid-argument' }
    await expect(writer.writeBlock(1, new Int16Array(64 * 36 * 2))).rejects.toMatchObject(bad)
    await expect(writer.writeBlock(0, new Int16Array(64 * 64))).rejects.toMatchObject(bad)
    await expect(writer.writeBlock(0, new Uint16Array(64 * 64 * 2))).rejects.toMatchObject(bad)
    await writer.writeBlock(0, new Int16Array(64 * 64 * 2))
    await expect(writer.finish()).rejects.toMatchObject(bad)
    await writer.close()
    await writer.close()
    await expect(writer.writeBlock(1, new Int16Array(64 * 36 * 2))).rejects.toMatchObject(bad)
    for (const name of ['', '.part', '.part.journal']) expect(() => readFileSync(path + name)).toThrow(/ENOENT/)
  })
})
