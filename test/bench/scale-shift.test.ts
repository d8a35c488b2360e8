import { describe, expect, it } from 'vitest'
import { accuracyPart, quality, rowsOf, type ShiftCell } from './accuracy-parts'

const { truthWindow } = await accuracyPart('shift-ground.mjs')
const { shiftFigures } = await accuracyPart('shift-figures.mjs')
const { shiftTable, shippedTable, statement } = await accuracyPart('shift-tables.mjs')
const { shiftCsv } = await accuracyPart('shift-csv.mjs')
const { dacn } = await accuracyPart('dacn.mjs')

/** Promised 1.2 dB over back-projection and 2.2 over bicubic; came true what `served` has over 31 and 30 dB. */
function shifted(scene: string, adopted: string, served: number, shipped: number, changes: Partial<ShiftCell> = {}): ShiftCell {
  return {
    scene, scale: 2, seed: 1, refusal: null, seconds: 60, steps: 300,
    verdict: {
      adopted,
      methods: [{ method: 'fine-tuned', quality: quality(33.2, 0.8) }, { method: 'base', quality: quality(33, 0.85) }, { method: 'back-projection', quality: quality(32, 1) }, { method: 'bicubic', quality: quality(31, 1.1) }],
      gains: [
        { method: 'fine-tuned', over: 'base', decibels: 0.2, standardError: 0.05 }, { method: 'fine-tuned', over: 'back-projection', decibels: 1.2, standardError: 0.1 }, { method: 'fine-tuned', over: 'bicubic', decibels: 2.2, standardError: null },
        { method: 'base', over: 'back-projection', decibels: 1, standardError: 0.1 }, { method: 'base', over: 'bicubic', decibels: 2, standardError: 0.2 },
        { method: 'back-projection', over: 'bicubic', decibels: 1, standardError: 0.3 },
      ],
    },
    served: rowsOf(served, 0.9), base: { fine: rowsOf(shipped), coarse: rowsOf(shipped + 0.1, 0.95) }, ...changes,
  }
}
const refused = shifted('tiny', 'base', 0, 31.2, { verdict: null, served: null, refusal: '20 x 20 pixels are too few to fine-tune at 2x.', seconds: 0, steps: 0 })

describe('truth of a scene that is degraded twice', () => {
  it('comes out even in both reductions', () => {
    expect(truthWindow({ rows: 141, cols: 83 }, 2)).toEqual([0, 0, 140, 80])
    expect(truthWindow({ rows: 150, cols: 130 }, 4)).toEqual([0, 0, 144, 128])
  })
  it('is none where too few pixels are left to judge on', () => {
    expect(truthWindow({ rows: 32, cols: 32 }, 2)).toEqual([0, 0, 32, 32])
    expect(truthWindow({ rows: 31, cols: 200 }, 2)).toBeNull()
  })
})

describe('figures of a training', () => {
  it('set what was promised beside what came true', () => {
    const { overBackProjection, overBicubic, angle } = shiftFigures(shifted('a', 'fine-tuned', 32.05, 32))
    expect(overBackProjection).toMatchObject({ promised: 1.2, standardError: 0.1, held: true })
    expect(overBackProjection.true).toBeCloseTo(1.05, 9)
    expect(overBicubic).toMatchObject({ promised: 2.2, standardError: null, held: null })
    expect(angle.promised).toBeCloseTo(-20, 9)
    expect(angle.true).toBeCloseTo(-10, 9)
    expect(shiftFigures(shifted('a', 'fine-tuned', 31.95, 31)).overBackProjection.held).toBe(false)
    expect(shiftFigures(shifted('a', 'fine-tuned', 32.45, 31)).overBackProjection.held).toBe(false)
  })
  it('know what would truly have been better', () => {
    expect(shiftFigures(shifted('a', 'fine-tuned', 32, 32.25))).toMatchObject({ best: 'base', regret: 0.25 })
    expect(shiftFigures(shifted('a', 'fine-tuned', 32.5, 32.25))).toMatchObject({ best: 'fine-tuned', regret: 0 })
    expect(shiftFigures(shifted('a', 'fine-tuned', 30.5, 30))).toMatchObject({ best: 'back-projection', regret: 0.5 })
    // weights that serve as they are, are no better than themselves
    expect(shiftFigures(shifted('a', 'base', 32, 32.01))).toMatchObject({ best: 'base', regret: 0 })
  })
  it('tell whether fine-tuned weights gave over the shipped ones what they were adopted for', () => {
    const { overBase } = shiftFigures(shifted('a', 'fine-tuned', 32, 32.25))
    expect(overBase).toEqual({ promised: 0.2, standardError: 0.05, true: -0.25, held: false })
    expect(shiftFigures(shifted('a', 'base', 32, 32)).overBase).toBeNull()
  })
  it('promise nothing over the method that serves, and turn a gain that is listed the other way round', () => {
    const plain = shiftFigures(shifted('a', 'back-projection', 31, 32))
    expect(plain.overBackProjection).toMatchObject({ promised: 0, true: 0, held: null })
    expect(plain.overBicubic).toMatchObject({ promised: 1, standardError: 0.3, true: 1, held: true })
    expect(shiftFigures(shifted('a', 'bicubic', 30, 32)).overBackProjection).toMatchObject({ promised: -1, standardError: 0.3, true: -1, held: true })
  })
})

describe('tables', () => {
  const cells = [shifted('a', 'fine-tuned', 32, 32.25), shifted('b', 'base', 32.5, 32.5), refused]

  it('give each training a row and their mean', () => {
    const lines = shiftTable(cells)?.split('\n') ?? []
    expect(lines).toHaveLength(5)
    expect(lines[2]).toBe('| a | 1 | fine-tuned | +1.20 ± 0.10 | +1.00 | -0.20 | yes | +2.20 | +2.00 | -0.20 |  | -20.0 % | -10.0 % | base | 0.25 | 60 |')
    expect(lines[3]).toBe('| b | 1 | base | +1.00 ± 0.10 | +1.50 | +0.50 | no | +2.00 ± 0.20 | +2.50 | +0.50 | no | -15.0 % | -10.0 % | base | 0.00 | 60 |')
    expect(lines[4]).toBe('| mean of 2 |  |  | +1.10 | +1.25 | +0.15 | 1 of 2 | +2.10 | +2.25 | +0.15 | 0 of 1 | -17.5 % | -10.0 % |  | 0.13 | 60 |')
    expect(shiftTable([refused])).toBeNull()
  })
  it('give every scene the shipped weights at both scales, once, and why it was not fine-tuned', () => {
    const lines = shippedTable([...cells, shifted('a', 'base', 30, 32.25, { seed: 2 })]).split('\n')
    expect(lines).toHaveLength(6)
    expect(lines[2]).toBe('| a | +1.35 | +1.25 | -0.10 | -5.0 % | -10.0 % |  |')
    expect(lines[4]).toBe('| tiny | +0.30 | +0.20 | -0.10 | -5.0 % | -10.0 % | 20 x 20 pixels are too few to fine-tune at 2x. |')
    expect(lines[5]).toBe('| mean of 3 | +1.08 | +0.98 | -0.10 | -5.0 % | -10.0 % |  |')
  })
  it('come with what survives in words', () => {
    const words = statement(cells)
    expect(words).toContain('Over back-projection the verdict promised +1.10 dB as the mean of 2 trainings and +1.25 dB came true (114 %); worst on a: +1.20 ± 0.10 dB promised, +1.00 dB came true. 1 of 2 lie within two standard errors.')
    expect(words).toContain('the verdict chose the truly best in 1 of 2; at most 0.25 dB were given away (a, where base is truly better than fine-tuned).')
    expect(words).toContain('Fine-tuned weights were adopted in 1 of 2; over the shipped weights: a +0.20 ± 0.05 dB promised, -0.25 dB came true.')
    expect(words).toContain('on 3 whole scenes: +1.08 dB over back-projection one scale coarser, +0.98 dB at the scale of use (91 %).')
    expect(statement([refused])).toMatch(/^The shipped weights as they are/)
  })
  it('give every scene a line of values, those of the training empty where there was none', () => {
    const [head, ...lines] = shiftCsv(cells).trimEnd().split('\n').map((line) => line.split(','))
    expect(lines.map((line) => line.length)).toEqual([head?.length, head?.length, head?.length])
    expect(lines[0]?.slice(0, 6)).toEqual(['a', '2', '1', 'fine-tuned', '1.2', '0.1'])
    expect(lines[2]?.slice(0, 6)).toEqual(['tiny', '2', '1', '', '', ''])
    expect(lines[2]?.[head?.indexOf('seconds') ?? -1]).toBe('0')
  })
})

describe('a command that fails', () => {
  it('says by its tag and words what was wrong', async () => {
    await expect(dacn(['info', 'no-such-scene.hdr'])).rejects.toMatchObject({ tag: 'not-found', said: expect.stringContaining('no-such-scene.hdr') as string })
  })
})
