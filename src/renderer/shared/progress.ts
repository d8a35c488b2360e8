import type { JobView } from '../../preload/contract'

/** 0..1; null while it is not known how much there is to do, and for a single step, of which there is no half. */
export function progressShare(progress: JobView['progress']): number | null {
  return progress === null || progress.total <= 1 ? null : Math.min(1, Math.max(0, progress.done / progress.total))
}

/** 42 % */
export function formatPercent(share: number): string {
  return `${Math.floor(100 * share + 1e-9)}\u2009%`
}
