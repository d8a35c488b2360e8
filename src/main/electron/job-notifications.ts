import { Notification } from 'electron'
import type { JobView } from '../../preload/contract'
import { text } from './text'

/** Tells of jobs that end while nobody looks at the window. */
export class JobNotifications {
  private readonly unfinished = new Set<string>()

  /** `isWatched`: the user sees the window; `show` brings it up. */
  constructor(private readonly isWatched: () => boolean, private readonly show: () => void) {}

  follow(jobs: readonly JobView[]): void {
    for (const { id, title, state, error } of jobs) {
      if (state === 'done' || state === 'failed' || state === 'cancelled') {
        if (!this.unfinished.delete(id) || state === 'cancelled' || this.isWatched() || !Notification.isSupported()) continue
        const notification = new Notification({ title: text.finished[state], body: error === null ? title : `${title}: ${error.message}` })
        notification.on('click', this.show)
        notification.show()
      } else {
        this.unfinished.add(id)
      }
    }
  }
}
