import { describe, expect, it } from 'vitest'
import { bandsOf, upscaleSpecOf } from '../../src/main/ipc/upscale-spec'
import { trainSpecOf, type JobScene } from '../../src/main/ipc/train-spec'
import { jobEnvironment } from '../../src/main/jobs/job-environment'
import { jobSpecSchema } from '../../src/main/jobs/job-spec'
import { defaultSettings } from '../../src/main/project/settings'
import { sceneFacts } from './facts'
import { trainingPlan, upscalePlan } from './plans'

const scene: JobScene = { name: 'jasper', path: '/data/jasper.hdr', variable: null, repairs: { nodata: 0 } }
const block = { row: 0, col: 0, rows: 24, cols: 24 }

describe('from a plan to a job', () => {
  it('fine-tunes as planned, on this machine as set', () => {
    const spec = trainSpecOf({ ...trainingPlan, gaussianSigma: 1.5, validation: block }, [scene], '/out', null, false, { ...defaultSettings, threads: 2, device: 'cpu' })
    expect(jobSpecSchema.parse(spec)).toEqual(spec)
    expect(spec).toMatchObject({ steps: 10, repairs: [{ nodata: 0 }], kernel: { kind: 'gaussian', sigma: 1.5 }, validation: block, threads: 2, device: 'cpu' })
    expect(spec).not.toHaveProperty('minutes')
    expect(spec).not.toHaveProperty('base')
    expect(jobEnvironment(spec, {}).CUDA_VISIBLE_DEVICES).toBe('')
  })

  it('takes a time when no steps are given, and a base model', () => {
    const spec = trainSpecOf({ ...trainingPlan, steps: null }, [scene], '/out', '/models/base', true, defaultSettings)
    expect(jobSpecSchema.parse(spec)).toEqual(spec)
    expect(spec).toMatchObject({ minutes: 5, base: '/models/base', resume: true, kernel: { kind: 'block' } })
    expect(jobEnvironment(spec, {})).not.toHaveProperty('CUDA_VISIBLE_DEVICES')
  })

  it('names the MATLAB array of each scene', () => {
    const spec = trainSpecOf(trainingPlan, [{ ...scene, variable: 'a' }, scene, { ...scene, variable: 'b' }], '/out', null, false, defaultSettings)
    expect(jobSpecSchema.parse(spec)).toMatchObject({ variables: ['a', null, 'b'] })
  })

  it('refuses a block in several scenes', () => {
    expect(() => trainSpecOf({ ...trainingPlan, validation: block }, [scene, scene], '/out', null, false, defaultSettings)).toThrow('only when one scene')
  })

  it('upscales as planned', () => {
    const spec = upscaleSpecOf({ ...upscalePlan, bands: 'good', window: block }, { ...scene, variable: 'cube' }, sceneFacts, '/model', '/out.tif', false, defaultSettings)
    expect(jobSpecSchema.parse(spec)).toEqual(spec)
    expect(spec).toMatchObject({ interleave: 'bsq', bands: [0, 1, 3], window: block, variable: 'cube', compression: 'deflate', memoryBudgetMb: 2048 })
    const envi = upscaleSpecOf({ ...upscalePlan, format: 'envi' }, scene, sceneFacts, '/model', '/out.img', false, defaultSettings)
    expect(envi).toMatchObject({ interleave: 'bil', compression: 'none' })
    expect(envi).not.toHaveProperty('bands')
  })

  it('refuses bands that are not there', () => {
    expect(() => bandsOf({ ...upscalePlan, bands: [2, 4] }, sceneFacts, 'jasper')).toThrow('there is no band 5')
    expect(() => bandsOf({ ...upscalePlan, bands: 'good' }, { ...sceneFacts, badBands: [true, true, true, true] }, 'jasper')).toThrow('marked as bad')
    expect(bandsOf({ ...upscalePlan, bands: 'good' }, { ...sceneFacts, badBands: [false, false, false, false] }, 'jasper')).toBeNull()
  })
})
