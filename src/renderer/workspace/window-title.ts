import type { JobView } from '../../preload/contract'
import { formatPercent, progressShare } from '../shared/progress'
import { text } from '../text'

/** Title of the window: what ended while the user was away, else how far the running job is, then project and program. */
export function windowTitle(projectName: string | null, running: JobView | null, ended: string | null): string {
  const share = running === null ? null : progressShare(running.progress)
  const progress = running === null ? null : [share === null ? null : formatPercent(share), running.title].filter((part) => part !== null).join(' ')
  return [ended ?? progress, projectName, text.general.product].filter((part) => part !== null).join(' – ')
}
