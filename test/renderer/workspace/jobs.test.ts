import { expect, it } from 'vitest'
import { endedJobs } from '../../../src/renderer/workspace/ended-jobs'
import { jobDoing, jobPage, jobRemaining } from '../../../src/renderer/workspace/job-words'
import { jobView } from '../sample-project'

it('tells which jobs ended between two lists, but not cancelled or unknown ones', () => {
  const before = [jobView(), jobView({ id: 'j2' }), jobView({ id: 'j3', state: 'done' }), jobView({ id: 'j4', state: 'cancelling' })]
  const after = [jobView({ state: 'done' }), jobView({ id: 'j2', state: 'failed' }), jobView({ id: 'j3', state: 'done' }), jobView({ id: 'j4', state: 'cancelled' }), jobView({ id: 'j5', state: 'failed' })]
  expect(endedJobs(before, after).map(({ id }) => id)).toEqual(['job-1', 'j2'])
})

it('says what a job does and how long it will take', () => {
  const progress = { span: 'Fine-tuning', done: 120, total: 2000, unit: 'steps', etaSeconds: 200 }
  expect(jobDoing({ progress })).toBe('Fine-tuning, 120 of 2\u2009000 steps')
  expect(jobDoing({ progress: { ...progress, total: 1 } })).toBe('Fine-tuning')
  expect(jobDoing({ progress: null })).toBe('')
  expect(jobRemaining({ kind: 'upscale', progress })).toBe('3\u2009min 20\u2009s left')
  expect(jobRemaining({ kind: 'upscale', progress: { ...progress, etaSeconds: null } })).toBe('')
})

it('says of a training how long it takes at most, for it ends once it gains nothing', () => {
  expect(jobRemaining({ kind: 'train', progress: { span: 'Fine-tuning', done: 120, total: 800, unit: 'steps', etaSeconds: 70 } })).toBe('at most 1\u2009min 10\u2009s left')
})

it('leads to what a job works for', () => {
  expect(jobPage({ kind: 'train', subject: 'r' })).toEqual({ kind: 'run', runId: 'r' })
  expect(jobPage({ kind: 'upscale', subject: 'o' })).toEqual({ kind: 'result', resultId: 'o' })
  expect(jobPage({ kind: 'prepare', subject: 's' })).toEqual({ kind: 'scene', sceneId: 's' })
  expect(jobPage({ kind: 'self-test', subject: null })).toBeNull()
})
