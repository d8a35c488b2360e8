import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtEntry, resourcePath } from '../../src/main/common/project-root'

const run = promisify(execFile)
let folder = ''
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'dacn-codecs-')) })
afterAll(async () => { await rm(folder, { recursive: true, force: true }) })

async function dacn(...words: string[]): Promise<void> {
  await run(process.execPath, [builtEntry('cli'), ...words])
}

// The bundler can separate a codec from the files it reads at run time, which tests on the sources do not notice.
describe('codecs in the built program', () => {
  it.each(['none', 'deflate', 'zstd'])('write and read %s', async (compression) => {
    const sample = resourcePath('sample-scene', 'dlr-hysu.tif')
    const coded = join(folder, `${compression}.tif`)
    const back = join(folder, `${compression}.img`)
    const direct = join(folder, `${compression}-direct.img`)
    const part = ['--window', '3,5,40,50', '--bands', '0-9']
    await dacn('convert', sample, coded, '--compression', compression, ...part)
    await dacn('convert', coded, back, '--interleave', 'bip')
    await dacn('convert', sample, direct, '--interleave', 'bip', ...part)
    expect(await readFile(back)).toEqual(await readFile(direct))
  })
})
