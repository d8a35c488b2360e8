import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdir, readdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { openPlainBody } from '../../src/main/formats/envi/body'
import { openCube } from '../../src/main/formats/registry'
import { plainHeader, readAll, temporaryFolder } from './envi-files'

const GOOD = { samples: 4, lines: 3, bands: 2, 'header offset': 0, 'file type': 'ENVI Standard', 'data type': 2, interleave: 'bil', 'byte order': 0 }
const BODY = Buffer.alloc(4 * 3 * 2 * 2, 7)

async function pair(header: string | Buffer, body: Buffer = BODY): Promise<{ folder: string; data: string; header: string }> {
  const folder = await temporaryFolder()
  const paths = { folder, data: join(folder, 'scene.img'), header: join(folder, 'scene.hdr') }
  await writeFile(paths.header, header)
  await writeFile(paths.data, body)
  return paths
}

async function digest(folder: string): Promise<string> {
  const hash = createHash('sha256')
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name)
    if ((await stat(path)).size < 2 ** 26) hash.update(name).update(await readFile(path))
  }
  return hash.digest('hex')
}

/** Opens and reads it all; the failure must come fast, in words, with a remedy, and leave the folder alone. */
async function failure(path: string, folder: string): Promise<StudioError> {
  const before = await digest(folder)
  const rss = process.memoryUsage.rss()
  const started = performance.now()
  let caught: unknown = null
  try {
    const reader = await openCube(path)
    try {
      await readAll(reader)
    } finally {
      await reader.close()
    }
  } catch (error) {
    caught = error
  }
  expect(performance.now() - started).toBeLessThan(5000)
  expect(process.memoryUsage.rss() - rss).toBeLessThan(300e6)
  expect(await digest(folder)).toBe(before)
  if (!(caught instanceof StudioError)) throw new Error(`no StudioError but ${String(caught)}`)
  expect(caught.message).toContain(folder)
  expect(caught.remedy ?? '').not.toBe('')
  return caught
}

describe('hostile and broken ENVI files', () => {
  it.each<[name: string, change: Record<string, string | number>, tag: string, words: RegExp]>([
    ['overflowing sizes', { samples: 2147483647, lines: 2147483647, bands: 65535 }, 'malformed', /which no file can hold/],
    ['a size beyond whole numbers', { samples: '99999999999999999999' }, 'malformed', /'samples = 9+' is not a whole number/],
    ['negative lines', { lines: -3 }, 'malformed', /'lines = -3' is not a whole number from 1/],
    ['no columns', { samples: 0 }, 'malformed', /'samples = 0'/],
    ['NaN', { bands: 'NaN' }, 'malformed', /'bands = NaN'/],
    ['hexadecimal', { samples: '0x10' }, 'malformed', /'samples = 0x10'/],
    ['fractions', { samples: '4.5' }, 'malformed', /'samples = 4.5'/],
    ['exponents', { samples: '1e9' }, 'malformed', /'samples = 1e9'/],
    ['billions of bands', { bands: 2147483647, samples: 1, lines: 1 }, 'too-large', /more than the 65535/],
    ['a negative offset', { 'header offset': -1 }, 'malformed', /'header offset = -1'/],
    ['an offset past the end', { 'header offset': 1000 }, 'truncated', /1048 bytes are needed, 48 are there/],
    ['a body that is too short', { lines: 4 }, 'truncated', /64 bytes are needed, 48 are there/],
    ['a wrong byte order', { 'byte order': 7 }, 'malformed', /'byte order = 7'/],
    ['a wrong interleave', { interleave: 'bup' }, 'malformed', /'interleave = bup' is none of bsq, bil and bip/],
    ['a wrong data type', { 'data type': 7 }, 'malformed', /'data type = 7' is none of ENVI's/],
    ['complex samples', { 'data type': 6 }, 'unsupported', /complex/],
    ['complex samples in double precision', { 'data type': 9 }, 'unsupported', /complex/],
    ['a classification', { 'file type': 'ENVI Classification' }, 'unsupported', /classification map/],
    ['a spectral library', { 'file type': 'ENVI Spectral Library' }, 'unsupported', /spectral library/],
    ['frame offsets', { 'major frame offsets': '{16, 0}' }, 'unsupported', /extra bytes between its lines/],
    ['a TIFF that is none', { 'file type': 'TIFF' }, 'malformed', /is a TIFF, which it is not/],
    ['compression that is none', { 'file compression': 1, lines: 30 }, 'malformed', /no gzip stream/],
  ])('refuses %s', async (_name, change, tag, words) => {
    const paths = await pair(plainHeader({ ...GOOD, ...change }))
    for (const path of [paths.header, paths.data]) {
      const error = await failure(path, paths.folder)
      expect(error.tag).toBe(tag)
      expect(error.message).toMatch(words)
    }
  })

  it.each(['samples', 'lines', 'bands', 'data type', 'interleave'])('names the missing field %s', async (key) => {
    const fields: Record<string, string | number> = { ...GOOD }
    delete fields[key]
    const paths = await pair(plainHeader(fields))
    const error = await failure(paths.header, paths.folder)
    expect(error.tag).toBe('malformed')
    expect(error.message).toContain(key)
  })

  it('refuses megabytes of braces and unclosed ones in one pass', async () => {
    const open = await pair(`${plainHeader(GOOD)}description = ${'{'.repeat(4e6)}\n`)
    expect((await failure(open.header, open.folder)).message).toMatch(/brace opened by 'description' in line 10 is never closed/)
    const many = await pair(`${plainHeader(GOOD)}${'a = {\n'.repeat(200_000)}`)
    expect((await failure(many.header, many.folder)).message).toMatch(/never closed/)
    const lists = await pair(`${plainHeader(GOOD)}wavelength = {${'1,'.repeat(5e5)}}\nband names = {${','.repeat(5e5)}}\n`)
    const reader = await openCube(lists.header)
    expect(reader.header.notices.map((notice) => notice.code)).toEqual(['list-length', 'list-length'])
    await reader.close()
  })

  it('refuses a header too large to be one, without reading it', async () => {
    const paths = await pair(plainHeader(GOOD))
    await truncate(paths.header, 5e9)
    expect((await failure(paths.header, paths.folder)).tag).toBe('too-large')
  })

  it('notes a body that is too long', async () => {
    const paths = await pair(plainHeader(GOOD), Buffer.concat([BODY, Buffer.alloc(5)]))
    const reader = await openCube(paths.header)
    expect(reader.header.notices[0]?.message).toContain('53 bytes, 5 more than the 48')
    await reader.close()
  })

  it('refuses gzip bodies that are short, damaged, or bombs', async () => {
    const compressed = { ...GOOD, 'file compression': 1 }
    const short = await pair(plainHeader(compressed), gzipSync(BODY.subarray(0, 40)))
    const shortError = await failure(short.header, short.folder)
    expect(shortError.tag).toBe('truncated')
    expect(shortError.message).toContain('48 bytes are needed, 40 are there')

    const noise = Buffer.from(Uint8Array.from({ length: 48 }, (_, i) => (i * 97) % 256))
    const cut = await pair(plainHeader(compressed), gzipSync(noise).subarray(0, 30))
    expect((await failure(cut.header, cut.folder)).tag).toBe('truncated')

    const damaged = gzipSync(noise)
    damaged.fill(0xff, 12, 40)
    const broken = await pair(plainHeader(compressed), damaged)
    expect((await failure(broken.header, broken.folder)).tag).toBe('malformed')

    // 64 MB of zeros behind a header of 48 bytes: only those are unpacked
    const bomb = await pair(plainHeader(compressed), gzipSync(Buffer.alloc(2 ** 26)))
    const rss = process.memoryUsage.rss()
    const reader = await openCube(bomb.header)
    expect([...await readAll(reader)]).toEqual(new Array(24).fill(0))
    await reader.close()
    expect(process.memoryUsage.rss() - rss).toBeLessThan(60e6)

    // and sizes that no stream of this length can hold are not allocated
    const liar = await pair(plainHeader({ ...compressed, samples: 10_000, lines: 10_000 }), gzipSync(BODY))
    expect((await failure(liar.header, liar.folder)).tag).toBe('truncated')
  })

  it('refuses a header alone and a data file alone', async () => {
    const paths = await pair(plainHeader(GOOD))
    await rm(paths.data)
    const noBody = await failure(paths.header, paths.folder)
    expect([noBody.tag, noBody.message]).toEqual(['not-found', `${paths.header}: the data file that belongs to this header is not beside it.`])
    const alone = await pair(plainHeader(GOOD))
    await rm(alone.header)
    const noHeader = await failure(alone.data, alone.folder)
    expect([noHeader.tag, noHeader.message]).toEqual(['unsupported', `${alone.data}: no known format, and no ENVI header (.hdr) stands beside it.`])
  })

  it('never follows a path out of a header', async () => {
    const paths = await pair(plainHeader({ ...GOOD, 'data file': '../../../../etc/passwd', 'file name': '/etc/passwd' }))
    const reader = await openCube(paths.header)
    expect(reader.files).toEqual([paths.data, paths.header])
    await reader.close()
  })

  it('refuses folders, pipes, endless devices and circular links at once', async () => {
    const paths = await pair(plainHeader(GOOD))
    await rm(paths.data)
    const pipe = join(paths.folder, 'pipe.img')
    execFileSync('mkfifo', [pipe])
    await mkdir(join(paths.folder, 'scene.img'))
    await symlink('loop.hdr', join(paths.folder, 'loop.hdr'))
    await symlink('/dev/zero', join(paths.folder, 'zero.hdr'))
    const tags = await Promise.all(['pipe.img', 'scene.img', 'zero.hdr', 'scene.hdr', 'loop.hdr', 'absent.hdr'].map(async (name) => {
      const error = await openCube(join(paths.folder, name)).then(() => null, (caught: unknown) => caught)
      return error instanceof StudioError ? error.tag : String(error)
    }))
    expect(tags).toEqual(['unsupported', 'unsupported', 'unsupported', 'not-found', 'io', 'not-found'])
  })

  it('says so when the file shrinks after it was opened', async () => {
    const paths = await pair(plainHeader(GOOD))
    const reader = await openCube(paths.header)
    await truncate(paths.data, 20)
    await expect(readAll(reader)).rejects.toMatchObject({ tag: 'truncated', file: paths.data })
    await reader.close()
  })

  it.skipIf(process.platform !== 'linux')('says so when the drive fails under a read', async () => {
    // Reading address 0 of a process is an input/output error, as on a drive that is gone.
    const body = await openPlainBody('/proc/self/mem')
    await expect(body.read(new Uint8Array(8), 0)).rejects.toMatchObject({ tag: 'io', message: '/proc/self/mem: the drive failed or was removed' })
    await body.close()
  })
})
