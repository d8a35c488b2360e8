import type { JobView } from '../../preload/contract'
import { formatCount, formatDuration } from '../shared/format'
import { text } from '../text'
import type { Page } from './navigation-store'

/** What a job is doing and how far that is: 'Fine-tuning, 120 of 2 000 steps'. Empty before it tells. */
export function jobDoing({ progress }: Pick<JobView, 'progress'>): string {
  if (progress === null) return ''
  const { span, done, total, unit } = progress
  // one step of one kind is no measure
  return total <= 1 ? span : `${span}, ${text.workspace.doneOf(formatCount(done), formatCount(total), unit)}`
}

/** '3 min 20 s left', of a training 'at most 3 min 20 s left', for it ends once it gains nothing; empty while it is not known. */
export function jobRemaining({ kind, progress }: Pick<JobView, 'kind' | 'progress'>): string {
  if (progress?.etaSeconds == null) return ''
  return (kind === 'train' ? text.workspace.leftAtMost : text.workspace.left)(formatDuration(progress.etaSeconds))
}

/** The page of what a job works for; null when it has none. */
export function jobPage({ kind, subject }: Pick<JobView, 'kind' | 'subject'>): Page | null {
  if (subject === null) return null
  switch (kind) {
    case 'train': return { kind: 'run', runId: subject }
    case 'upscale': return { kind: 'result', resultId: subject }
    case 'analyse': return { kind: 'compare', sceneId: subject }
    case 'prepare': return { kind: 'scene', sceneId: subject }
    case 'self-test': return null
  }
}
