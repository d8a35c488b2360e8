import { appendFileSync, copyFileSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createGeoTiffWriter } from '../../src/main/formats/geotiff/writer'
import { cutWindow, testHeader, testOptions, testSamples, writeWhole } from './geotiff-writing'

const folder = mkdtempSync(join(tmpdir(), 'dacn-geotiff-resume-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const [ROWS, COLS, BANDS] = [1100, 70, 3]
const header = testHeader(ROWS, COLS, BANDS, 'int16', { nodata: [NaN, -1, -1], description: 'resumed' })
const options = testOptions({ resumable: true, compression: 'zstd', blockSize: 128 })
const samples = testSamples(ROWS, COLS, BANDS, 'int16')
const partOf = (path: string) => `${path}.part`
const journalOf = (path: string) => `${path}.part.journal`

let undisturbed: Buffer | null = null
async function wanted(): Promise<Buffer> {
  if (undisturbed === null) {
    const path = join(folder, 'undisturbed.tif')
    await writeWhole(path, header, options, samples)
    undisturbed = readFileSync(path)
  }
  return undisturbed
}

/** Continues at `path`; gives how many blocks were there. */
async function resume(path: string): Promise<number> {
  const writer = await createGeoTiffWriter(path, header, options)
  const { blocksDone } = writer
  await writer.close(true)
  await writeWhole(path, header, options, samples)
  expect(readFileSync(path).equals(await wanted())).toBe(true)
  expect([partOf(path), journalOf(path)].map(existsSync)).toEqual([false, false])
  return blocksDone
}

/** Writes `blocks` blocks, then leaves as a killed process would, with everything open. */
async function leave(path: string, blocks: number): Promise<void> {
  const writer = await createGeoTiffWriter(path, header, options)
  for (let block = 0; block < blocks; block++) await writer.writeBlock(block, cutWindow(samples, COLS, BANDS, writer.blockWindow(block)))
  await writer.close(true)
}

describe('a writer that was killed', () => {
  it('continues to the same bytes wherever it was', async () => {
    for (const blocks of [0, 1, 5, 9]) {
      const path = join(folder, `after-${blocks}.tif`)
      await leave(path, blocks)
      expect(existsSync(path)).toBe(false)
      expect(await resume(path)).toBe(blocks)
    }
  })

  it('continues from any state that the disk was seen in', async () => {
    const path = join(folder, 'watched.tif')
    const seen: string[] = []
    let running = true
    const watch = (async () => {
      for (let i = 0; running && i < 200; i++) {
        await new Promise((resolve) => setTimeout(resolve, 3))
        const copy = join(folder, `seen-${i}.tif`)
        try {
          // the journal first: what it names was on disk before
          copyFileSync(journalOf(path), journalOf(copy))
          copyFileSync(partOf(path), partOf(copy))
        } catch {
          continue
        }
        seen.push(copy)
      }
    })()
    await writeWhole(path, header, options, samples)
    running = false
    await watch
    expect(seen.length).toBeGreaterThan(3)
    const counts: number[] = []
    for (const copy of seen.filter((_, i) => i % Math.ceil(seen.length / 10) === 0)) counts.push(await resume(copy))
    expect(counts).toEqual([...counts].sort((p, q) => p - q))
  })

  it('ignores a torn journal line, bytes behind the last block, and lines that speak of lost bytes', async () => {
    const torn = join(folder, 'torn.tif')
    await leave(torn, 4)
    truncateSync(journalOf(torn), statSync(journalOf(torn)).size - 3)
    appendFileSync(partOf(torn), Buffer.alloc(1000, 7))
    expect(await resume(torn)).toBe(3)

    const garbled = join(folder, 'garbled.tif')
    await leave(garbled, 4)
    writeFileSync(journalOf(garbled), readFileSync(journalOf(garbled), 'utf8').replace('"end":', '"end": '))
    expect(await resume(garbled)).toBe(0)

    const lost = join(folder, 'lost.tif')
    await leave(lost, 4)
    truncateSync(partOf(lost), statSync(partOf(lost)).size - 1)
    expect(await resume(lost)).toBe(3)

    const gone = join(folder, 'gone.tif')
    await leave(gone, 4)
    rmSync(partOf(gone))
    expect(await resume(gone)).toBe(0)
  })

  it('starts anew for another header or other options', async () => {
    const path = join(folder, 'other.tif')
    await leave(path, 4)
    const other = await createGeoTiffWriter(path, { ...header, description: 'another' }, options)
    expect(other.blocksDone).toBe(0)
    await other.close(true)
    await leave(path, 2)
    const plain = await createGeoTiffWriter(path, header, { ...options, resumable: false })
    expect(plain.blocksDone).toBe(0)
    expect(existsSync(journalOf(path))).toBe(false)
    await plain.close()
  })
})

describe('when the operating system refuses', () => {
  // /dev/full takes opening but no byte, like a disk without room
  const canFake = existsSync('/dev/full')

  it.skipIf(!canFake)('a full disk is reported and leaves nothing', async () => {
    for (const resumable of [false, true]) {
      const inside = join(folder, `full-${resumable}`)
      mkdirSync(inside)
      const path = join(inside, 'scene.tif')
      symlinkSync('/dev/full', partOf(path))
      const attempt = async () => writeWhole(path, header, { ...options, resumable }, samples)
      await expect(attempt()).rejects.toMatchObject({ tag: 'io', file: path, message: expect.stringMatching(/disk is full/) as string, remedy: /Free some space/ })
      expect(existsSync(path)).toBe(false)
      for (const name of [partOf(path), journalOf(path)]) expect(() => lstatSync(name)).toThrow(/ENOENT/)
    }
  })

  it('a missing folder is named', async () => {
    const path = join(folder, 'no', 'such', 'scene.tif')
    await expect(createGeoTiffWriter(path, header, options)).rejects.toMatchObject({ tag: 'not-found', file: path })
  })
})
