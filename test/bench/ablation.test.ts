import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/main/common/project-root'
import { ablatedLayout, ablatedShapes } from '../../src/main/workers/ablation/attention-design'
import { VARIATIONS } from '../../src/main/workers/ablation/ingredients'
import { SERVINGS } from '../../src/main/workers/ablation/servings'

interface Paired { mean: number; error: number | null; scenes: number }
interface Score { psnr: number; samDegrees: number }
interface DesignCell { scene: string; seed: number; scores: { design: string; parameters: number; base: Score; atEqualSteps: Score & { steps: number }; atEqualTime: Score & { steps: number } }[] }
interface IngredientCell { seed: number; variation: string; parameters: number; steps: number; scenes: { scene: string; base: Score; score: Score }[] }
type ServedCell = IngredientCell & { scale: number }
interface Parts {
  'paired.mjs': { pairedMean: (differences: { scene: string; value: number }[]) => Paired; verdictOf: (paired: Paired) => string }
  'design-report.mjs': { designReport: (cells: DesignCell[]) => string; designCsv: (cells: DesignCell[]) => string }
  'ingredient-report.mjs': { ingredientReport: (cells: IngredientCell[]) => string; ingredientCsv: (cells: IngredientCell[]) => string }
  'ingredient-part.mjs': { VARIATIONS: string[] }
  'served-part.mjs': { SERVINGS: string[]; servedPart: (settings: object, where: object) => { report: (cells: ServedCell[]) => string; csv: (cells: ServedCell[]) => string } }
}
const part = async <K extends keyof Parts>(name: K): Promise<Parts[K]> => (await import(pathToFileURL(join(projectRoot, 'scripts', 'ablation', name)).href)) as Parts[K]

const { pairedMean, verdictOf } = await part('paired.mjs')
const { designReport, designCsv } = await part('design-report.mjs')
const { ingredientReport, ingredientCsv } = await part('ingredient-report.mjs')
const ingredientPart = await part('ingredient-part.mjs')
const servedPart = await part('served-part.mjs')

describe('designs of the published network', () => {
  it('have as many parameters, within half a per cent, and differ only in what their names say', () => {
    const shapes = ablatedShapes()
    const sizes = shapes.map((shape) => ablatedLayout(shape).size)
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.005)
    const parts = shapes.map((shape) => [...new Set(ablatedLayout(shape).specs.filter(({ name }) => name.startsWith('block32/')).map(({ name }) => name.split('/')[1]))])
    const common = ['conv', 'batch-norm', 'layer-norm']
    expect(parts.map((names) => names.filter((name) => !common.includes(name ?? '')))).toEqual([
      ['skip'], ['attention', 'skip'], ['squeeze', 'excite', 'skip'], ['attention', 'squeeze', 'excite', 'skip'],
      ['attention', 'squeeze', 'excite', 'spatial', 'skip'], ['attention', 'squeeze', 'excite'],
    ])
  })
})

describe('paired differences', () => {
  it('take the runs of one scene as one sample', () => {
    const paired = pairedMean([{ scene: 'a', value: 1 }, { scene: 'a', value: 3 }, { scene: 'b', value: 4 }, { scene: 'c', value: 6 }])
    // means 2, 4, 6: mean 4, deviation 2, error 2 / sqrt 3
    expect(paired.mean).toBe(4)
    expect(paired.error).toBeCloseTo(2 / Math.sqrt(3), 12)
    expect(verdictOf(paired)).toBe('better')
    expect(pairedMean([{ scene: 'a', value: 1 }]).error).toBeNull()
  })

  it('are told as chance within two standard errors', () => {
    expect(verdictOf({ mean: -0.3, error: 0.2, scenes: 4 })).toBe('no more than chance')
    expect(verdictOf({ mean: -0.5, error: 0.2, scenes: 4 })).toBe('worse')
    expect(verdictOf({ mean: 9, error: null, scenes: 1 })).toBe('no more than chance')
  })
})

describe('the report on designs', () => {
  const base = { psnr: 30, samDegrees: 2 }
  const score = (design: string, gain: number): DesignCell['scores'][number] => ({
    design, parameters: 100, base, atEqualSteps: { psnr: 30 + gain / 2, samDegrees: 2, steps: 50 }, atEqualTime: { psnr: 30 + gain, samDegrees: 1.8, steps: 100 },
  })
  const cell = (scene: string, both: number): DesignCell => ({
    scene, seed: 1, scores: [score('no attention', 1), score('multi-head only', 1.5), score('channel only', 0.5), score('both (as published)', both)],
  })

  it('compares each with the published one on the same scene and says whether the claim holds', () => {
    const text = designReport([cell('a', 1.3), cell('b', 1.7)])
    expect(text).toContain('| no attention | 100 | 100 | +1.000 | -10.0 % | -0.500 ± 0.200 | -0.250 ± 0.100 |')
    expect(text).toContain('same time: +0.500 ± 0.200 dB against no attention (better); +0.000 ± 0.200 dB against multi-head only (no more than chance); +1.000 ± 0.200 dB against channel only (better).')
  })

  it('lists every run', () => {
    const lines = designCsv([cell('a', 1.2)]).split('\n')
    expect(lines).toHaveLength(6)
    expect(lines[4]).toBe('a,1,both (as published),100,30,2,50,30.6,2,100,31.2,1.8')
  })
})

describe('the report on ingredients', () => {
  const cell = (variation: string, seed: number, gains: number[]): IngredientCell => ({
    variation, seed, parameters: 10, steps: 100, scenes: gains.map((gain, at) => ({ scene: `s${at}`, base: { psnr: 30, samDegrees: 2 }, score: { psnr: 30 + gain, samDegrees: 1.9 } })),
  })

  it('compares each variation with the shipped one of the same seed, scene by scene', () => {
    const text = ingredientReport([cell('as shipped', 1, [1, 1]), cell('as shipped', 2, [2, 2]), cell('no guides', 2, [1.9, 1.5])])
    expect(text).toContain('| as shipped | 2 | 100 | +1.500 | -5.0 % |  |  |  |')
    expect(text).toContain('| no guides | 1 | 100 | +1.700 | -5.0 % | -0.300 ± 0.200 | +0.00 | no more than chance |')
    expect(ingredientCsv([cell('no guides', 2, [1.9, 1.5])]).split('\n')[1]).toBe('no guides,2,10,100,s0,30,2,31.9,1.9')
  })

  it('knows the variations that the engine knows', () => {
    expect(ingredientPart.VARIATIONS).toEqual(Object.keys(VARIATIONS))
  })
})

describe('the report on servings', () => {
  const cell = (scale: number, variation: string, gain: number): ServedCell => ({
    scale, variation, seed: 1, parameters: 10, steps: 0, scenes: ['a', 'b'].map((scene) => ({ scene, base: { psnr: 30, samDegrees: 2 }, score: { psnr: 30 + gain, samDegrees: 1.9 } })),
  })
  const { report, csv } = servedPart.servedPart({ scenes: [] }, { data: '', results: '', engine: '', hashOf: () => '' })

  it('has a table for each scale, each compared with the same scale as shipped', () => {
    const text = report([cell(2, 'as shipped', 1), cell(2, '1 copy', 0.9), cell(4, 'as shipped', 0.5), cell(4, '1 copy', 0.7)])
    const [two, four] = text.split('## 4x')
    expect(two).toContain('| 1 copy | 1 | 0 | +0.900 | -5.0 % | -0.100 ± 0.000 |')
    expect(four).toContain('| 1 copy | 1 | 0 | +0.700 | -5.0 % | +0.200 ± 0.000 |')
    const lines = csv([cell(2, 'as shipped', 1), cell(4, '1 copy', 0.7)]).trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toMatch(/^scale,variation,/)
    expect(lines[4]).toBe('4,1 copy,1,10,0,b,30,2,30.7,1.9')
  })

  it('knows the servings that the engine knows', () => {
    expect(servedPart.SERVINGS).toEqual(Object.keys(SERVINGS))
  })
})
