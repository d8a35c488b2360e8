import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/main/common/project-root'
import { Random } from '../../src/main/common/random'
import { createGeoTiffWriter } from '../../src/main/formats/geotiff/writer'
import { cutWindow, testHeader, testOptions, testSamples } from './geotiff-writing'

const folder = mkdtempSync(join(tmpdir(), 'dacn-geotiff-kill-'))
// below the project, because the program looks for its own package.json above itself
const built = join(projectRoot, 'out', 'test-geotiff-kill')
const child = join(built, 'geotiff-write-child.mjs')

beforeAll(async () => {
  await build({
    configFile: false, root: projectRoot, logLevel: 'silent',
    build: { ssr: 'test/formats/geotiff-write-child.ts', outDir: built, emptyOutDir: true, rolldownOptions: { output: { entryFileNames: '[name].mjs' } } },
  })
})
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
  rmSync(built, { recursive: true, force: true })
})

/** Runs the writer; kills it after `killAfterMs` unless it ends before. True when it ended by itself. */
async function run(path: string, killAfterMs: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const process = spawn('node', [child, path], { stdio: ['ignore', 'ignore', 'inherit'] })
    const timer = setTimeout(() => process.kill('SIGKILL'), killAfterMs)
    process.on('exit', (code, signal) => {
      clearTimeout(timer)
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the writer ended with code ${code}`))
      resolve(code === 0)
    })
  })
}

describe('a writer killed with SIGKILL', () => {
  it('ends with the bytes of an undisturbed run', async () => {
    const undisturbed = join(folder, 'undisturbed.tif')
    const started = performance.now()
    expect(await run(undisturbed, 60_000)).toBe(true)
    const wholeMs = performance.now() - started
    const wanted = readFileSync(undisturbed)
    const random = Random.fromSeed(3)
    let kills = 0
    for (let round = 0; round < 4; round++) {
      const path = join(folder, `killed-${round}.tif`)
      // starting Node alone takes a good part of the time, so kill in the later part of it
      for (let attempt = 0; !(await run(path, attempt < 6 ? wholeMs * (0.3 + 0.7 * random.uniform()) : 60_000)); attempt++) {
        kills++
        // a kill between the last rename and the process's own end finds the file in place: then it is whole
        if (existsSync(path)) expect(readFileSync(path).equals(wanted)).toBe(true)
      }
      expect(readFileSync(path).equals(wanted)).toBe(true)
    }
    console.info(`killed ${kills} times; an undisturbed run takes ${Math.round(wholeMs)} ms`)
    expect(kills).toBeGreaterThanOrEqual(4)
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([])
  })
})

describe('a disk that fills up on the way', () => {
  const disk = join(folder, 'disk')
  mkdirSync(disk)
  const canMount = process.platform === 'linux' && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status === 0
  if (!canMount) console.info('skipped here: mounting a small disk needs root')
  afterAll(() => {
    if (canMount) spawnSync('umount', [disk])
  })

  it.skipIf(!canMount)('is reported; the part stays only when it can be continued', async () => {
    const header = testHeader(512, 512, 8, 'int16')
    const samples = testSamples(512, 512, 8, 'int16')
    for (const resumable of [false, true]) {
      const path = join(disk, `scene-${resumable}.tif`)
      const writer = await createGeoTiffWriter(path, header, testOptions({ resumable, compression: 'none' }))
      const attempt = async () => {
        for (let block = 0; block < writer.blockCount; block++) await writer.writeBlock(block, cutWindow(samples, 512, 8, writer.blockWindow(block)))
        await writer.finish()
      }
      await expect(attempt()).rejects.toMatchObject({ tag: 'io', file: path, remedy: /Free some space/ })
      expect(readdirSync(disk)).toEqual(resumable ? [`scene-${resumable}.tif.part`, `scene-${resumable}.tif.part.journal`] : [])
    }
    const [part] = readdirSync(disk)
    expect(statSync(join(disk, part ?? '')).size).toBeGreaterThan(100_000)
  })
})
