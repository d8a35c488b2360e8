import { request } from '../shared/client'
import { useFailure } from '../shared/show-failure'
import type { Unfinished } from './unfinished'

/** For components: goes on with runs and results that did not come to their end. */
export function useContinue() {
  const { attempt } = useFailure()

  /** Whether it goes on. */
  async function goOn({ kind, id }: Pick<Unfinished, 'kind' | 'id'>): Promise<boolean> {
    return (await attempt(() => (kind === 'run' ? request('training.continue', { runId: id }) : request('upscale.continue', { resultId: id })))) !== undefined
  }
  return { goOn }
}
