import { powerSaveBlocker } from 'electron'
import type { JobView } from '../../preload/contract'

/** Keeps the system from going to sleep by itself while a job runs; the screen may go dark. */
export class StayAwake {
  private blocker: number | null = null

  follow(jobs: readonly JobView[]): void {
    const busy = jobs.some(({ state }) => state === 'running')
    if (busy && this.blocker === null) this.blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (!busy && this.blocker !== null) {
      powerSaveBlocker.stop(this.blocker)
      this.blocker = null
    }
  }
}
