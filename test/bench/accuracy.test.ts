import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { accuracyPart, cell, type Cell } from './accuracy-parts'

const { splitScene } = await accuracyPart('scenes.mjs')
const { gainTable, sceneTables, csv } = await accuracyPart('tables.mjs')
const { curvePlot } = await accuracyPart('curve-plot.mjs')
const { contentHash, contentHashOnce, keyOf } = await accuracyPart('content-key.mjs')
const { keptCell } = await accuracyPart('kept-cell.mjs')

describe('split of a scene', () => {
  it('keeps a guard between training and test rows, and test sides to multiples of the scale', () => {
    for (const scale of [2, 3, 4, 8]) {
      const { train, test } = splitScene({ rows: 100, cols: 83 }, scale) as { train: [number, number, number, number]; test: [number, number, number, number] }
      expect(train).toEqual([0, 0, 56, 83])
      expect(test[0]).toBe(64)
      expect(test[0] + test[2]).toBeLessThanOrEqual(100)
      expect(test[2] % scale + test[3] % scale).toBe(0)
      expect(test[2]).toBeGreaterThan(36 - scale)
    }
  })
})

describe('tables', () => {
  const held = (withinOne: number, withinTwo: number): Cell['coverage'] => ({ pixels: 3600, withinOne, withinTwo })
  const cells = [cell('a', 'tuned', 1, 32, { coverage: held(0.7, 0.94) }), cell('a', 'tuned', 2, 33, { coverage: held(0.8, 0.96) }), cell('b', 'tuned', 1, 30.5, { coverage: held(0.5, 0.9) }), cell('b', 'base', 1, 31.25)]

  it('give the gain over back-projection as mean over scenes, with the least scene', () => {
    const lines = gainTable(cells).split('\n')
    // (32.5 - 31 + 30.5 - 31) / 2 and (0.9 / 1 - 1)
    expect(lines[2]).toBe('| tuned | 2 | 2 | +0.50 | -0.50 (b) | -10.0 % | 13 | 63 % (50 to 75) | 93 % (90 to 95) |')
    expect(lines[3]).toBe('| base | 1 | 1 | +0.25 | +0.25 (b) | -10.0 % | 10 |  |  |')
  })
  it('give every scene its methods, spread over seeds included', () => {
    const [a, b] = sceneTables(cells)
    expect(a).toContain('### a (3600 test pixels)')
    expect(a).toMatch(/^\| nearest \| 29\.00 \|.*\| exact \|/m)
    expect(a).toMatch(/^\| bicubic \| 30\.00 \|/m)
    expect(a).toMatch(/^\| tuned \| 32\.50 ± 0\.71 \| 0\.9000 ± 0\.0000 \|.* 15 ± 7 \| 321400 \| fine-tuned \|$/m)
    expect(b).toMatch(/^\| tuned \| 30\.50 \|/m)
  })
  it('give each run a line of values and each scene its untrained methods once', () => {
    const lines = csv(cells).trimEnd().split('\n')
    expect(lines).toHaveLength(1 + 4 + 3 * 2)
    expect(lines[0]?.split(',')).toHaveLength(17)
    for (const line of lines) expect(line.split(',')).toHaveLength(17)
    expect(lines.filter((line) => line.startsWith('a,2,bicubic,,30,'))).toHaveLength(1)
  })
})

describe('curve', () => {
  it('draws the methods that have one, later moments further right and better ones higher', () => {
    const curve = [{ seconds: 2, psnr: 30.4 }, { seconds: 20, psnr: 31.5 }, { seconds: 200, psnr: 32 }]
    const lines = { bicubic: 30, backProjection: 31 }
    const svg = curvePlot('a, 2x', [cell('a', 'tuned', 1, 32, { curve, lines }), cell('a', 'base', 1, 31)]) ?? ''
    const points = [...svg.matchAll(/points="([^"]*)"/g)].map((match) => (match[1] as string).split(' ').map((point) => point.split(',').map(Number) as [number, number]))
    expect(points).toHaveLength(1)
    const [p, q, r] = points[0] as [[number, number], [number, number], [number, number]]
    // the axis of seconds is logarithmic
    expect(q[0] - p[0]).toBeCloseTo(r[0] - q[0], 1)
    expect(p[1]).toBeGreaterThan(q[1])
    expect(q[1]).toBeGreaterThan(r[1])
    expect(curvePlot('a, 2x', [cell('a', 'base', 1, 31)])).toBeNull()
  })

  it('shows the best of a method that comes to little, without squeezing the others for where it began', () => {
    const height = (svg: string, run: number, point: number): number => Number([...svg.matchAll(/points="([^"]*)"/g)][run]?.[1]?.split(' ')[point]?.split(',')[1])
    const floor = (svg: string): number => Number(/<path d="M64 40V(\d+)/.exec(svg)?.[1])
    const lines = { bicubic: 30, backProjection: 31 }
    const good = cell('a', 'tuned', 1, 32, { curve: [{ seconds: 2, psnr: 31 }, { seconds: 20, psnr: 32 }], lines })
    const poor = cell('a', 'published', 1, 32, { curve: [{ seconds: 2, psnr: 5 }, { seconds: 20, psnr: 26 }], lines })
    const svg = curvePlot('a', [good, poor]) ?? ''
    expect(height(svg, 1, 1)).toBeLessThan(floor(svg))
    expect(height(svg, 1, 0)).toBeGreaterThan(floor(svg))
    expect(svg).toContain('clip-path')
    expect(height(svg, 0, 0) - height(svg, 0, 1)).toBeGreaterThan(20)
  })

  it('has a line for each thing to beat, and names moments; the axis reaches to the last of them', () => {
    const curve = [{ seconds: 2, psnr: 30.4 }, { seconds: 20, psnr: 31.5 }]
    const drawn = (lines: { bicubic: number; backProjection: number; base?: number }): string => curvePlot('a', [cell('a', 'window', 1, 32, { curve, lines })], { since: 'the click', marks: [{ seconds: 200, text: 'result' }] }) ?? ''
    const svg = drawn({ bicubic: 30, backProjection: 31, base: 31.2 })
    for (const words of ['seconds since the click', 'result, 200 s', 'shipped weights', 'back-projection', 'bicubic']) expect(svg).toContain(words)
    expect(svg.match(/stroke-dasharray="5 4"/g)).toHaveLength(3)
    expect(drawn({ bicubic: 30, backProjection: 31 }).match(/stroke-dasharray="5 4"/g)).toHaveLength(2)
    const [p, q] = (/points="([^"]*)"/.exec(svg)?.[1] ?? '').split(' ').map((point) => Number(point.split(',')[0]))
    const mark = Number(/<line x1="([\d.]+)"[^>]*stroke-dasharray="2 3"/.exec(svg)?.[1])
    expect(mark - (q ?? NaN)).toBeCloseTo((q ?? NaN) - (p ?? NaN), 1)
  })
})

describe('keys', () => {
  let folder = ''
  beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'dacn-accuracy-')) })
  afterEach(() => { rmSync(folder, { recursive: true, force: true }) })

  it('change with any content and with nothing else', () => {
    const file = join(folder, 'scene.img')
    writeFileSync(file, 'one')
    const before = contentHash([folder])
    expect(contentHash([folder])).toBe(before)
    writeFileSync(file, 'two')
    expect(contentHash([folder])).not.toBe(before)
    expect(keyOf({ seed: 1 })).not.toBe(keyOf({ seed: 2 }))
  })
  it('are told from one reading of the files in a run', () => {
    const file = join(folder, 'scene.img')
    writeFileSync(file, 'one')
    const hashOf = contentHashOnce()
    const before = hashOf([folder])
    expect(before).toBe(contentHash([folder]))
    writeFileSync(file, 'two')
    expect(hashOf([folder])).toBe(before)
    expect(contentHashOnce()([folder])).not.toBe(before)
    expect(hashOf([file])).toBe(contentHash([file]))
  })
})

describe('a cell', () => {
  let results = ''
  beforeEach(() => { results = mkdtempSync(join(tmpdir(), 'dacn-accuracy-')) })
  afterEach(() => { rmSync(results, { recursive: true, force: true }) })

  it('is computed once for what decides it, in a folder that is gone afterwards', async () => {
    const folders: string[] = []
    const compute = (folder: string): Promise<{ run: number }> => {
      writeFileSync(join(folder, 'scratch'), '')
      folders.push(folder)
      return Promise.resolve({ run: folders.length })
    }
    expect(await keptCell({ seed: 1 }, results, compute)).toEqual({ run: 1 })
    expect(await keptCell({ seed: 1 }, results, compute)).toEqual({ run: 1 })
    expect(await keptCell({ seed: 2 }, results, compute)).toEqual({ run: 2 })
    expect(folders.filter((folder) => existsSync(folder))).toEqual([])
  })
  it('that failed or is not to be had is not kept', async () => {
    await expect(keptCell({ seed: 1 }, results, () => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory')
    expect(await keptCell({ seed: 1 }, results, () => Promise.resolve(null))).toBeNull()
    expect(await keptCell({ seed: 1 }, results, () => Promise.resolve({ run: 3 }))).toEqual({ run: 3 })
  })
})
