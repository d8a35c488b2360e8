import type { SceneView } from '../../preload/contract'
import { text } from '../text'

/** What is wrong with a scene's file, in which file, and what to do about it; null while it is as it was imported. */
export function sceneProblem({ state, problem, path }: Pick<SceneView, 'state' | 'problem' | 'path'>): { title: string; about: string; action: string } | null {
  const words = text.viewer.problem
  const said = problem === null ? [] : [problem.message, problem.remedy ?? '']
  if (state === 'changed') return { title: words.changed, about: joined(words.aboutChanged, path), action: words.another }
  if (state !== 'missing') return null
  const isUnreadable = problem !== null && problem.tag !== 'not-found'
  return isUnreadable ? { title: words.unreadable, about: joined(...said), action: words.another } : { title: words.missing, about: joined(words.aboutMissing, path), action: words.relink }
}

function joined(...parts: string[]): string {
  return parts.filter((part) => part !== '').join(' ')
}
