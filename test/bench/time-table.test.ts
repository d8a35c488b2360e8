import { describe, expect, it } from 'vitest'
import { accuracyPart, cell, type Cell } from './accuracy-parts'

const { timeTable } = await accuracyPart('time-table.mjs')

const lines = { bicubic: 30, backProjection: 31 }
const run = (scene: string, method: string, curve: [seconds: number, psnr: number][], changes: Partial<Cell> = {}): Cell =>
  cell(scene, method, 1, 32, { lines, curve: curve.map(([seconds, psnr]) => ({ seconds, psnr })), ...changes })
const published = run('a', 'published DACN (text)', [[3, 20], [100, 31], [400, 31.5], [600, 31.2]])
const line = (cells: Cell[], scene = 'a'): string | undefined => timeTable(cells)?.split('\n').find((text) => text.startsWith(`| ${scene} |`))

describe('time to the published network\'s best', () => {
  it('is none for weights that are above at once, and that of the first score which reaches it otherwise', () => {
    expect(line([published, run('a', 'base + fine-tuned', [[2, 32], [10, 32.5]]), run('a', 'studio from scratch', [[2, 31], [40, 31.5], [60, 31.4]])]))
      .toBe('| a | published DACN (text) | 31.50 | 30.00 | 400 | 0 | 2.0 | 0.5 % | 40 | 10.0 % |')
  })
  it('tells what never gets there, and leaves empty what was not trained', () => {
    expect(line([published, run('a', 'base + fine-tuned', [[2, 31], [30, 31.6]])])).toBe('| a | published DACN (text) | 31.50 | 30.00 | 400 | not reached | 30 | 7.5 % |  |  |')
    expect(line([published, run('a', 'studio from scratch', [[2, 31], [60, 31.4]])])).toBe('| a | published DACN (text) | 31.50 | 30.00 | 400 |  |  |  | not reached |  |')
  })
  it('is the mean over seeds, none where one of them never gets there', () => {
    const tuned = run('a', 'base + fine-tuned', [[2, 31], [10, 32]])
    expect(line([published, tuned, run('a', 'base + fine-tuned', [[2, 31], [30, 32]], { seed: 2 })])).toContain('| not reached | 20 | 5.0 % |')
    expect(line([published, tuned, run('a', 'base + fine-tuned', [[2, 31], [30, 31.4]], { seed: 2 })])).toContain('| not reached | not reached |  |')
  })
  it('counts where the target of a twentieth is met', () => {
    const table = timeTable([
      published, run('a', 'base + fine-tuned', [[20, 32]]),
      run('b', 'published DACN (text)', [[100, 31]]), run('b', 'base + fine-tuned', [[6, 32]]),
      run('c', 'published DACN (text)', [[100, 31]]),
    ])
    expect(table).toContain('base + fine-tuned needs at most 5 % of its time in 1 of 2.')
    expect(table).toContain('same held-out ground')
  })
  it('leaves out what was judged on other ground, and says so', () => {
    const cells = [published, run('a', 'base + fine-tuned', [[2, 40]], { lines: { bicubic: 39, backProjection: 39.5 } })]
    expect(line(cells)).toBe('| a | published DACN (text) | 31.50 | 30.00 | 400 |  |  |  |  |  |')
    expect(timeTable(cells)).toContain('other held-out ground: a base + fine-tuned.')
  })
  it('is not asked where no published network was trained', () => {
    expect(timeTable([run('a', 'base + fine-tuned', [[2, 32]]), cell('a', 'base weights', 1, 32)])).toBeNull()
  })
})
