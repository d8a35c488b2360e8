import { defineStore } from 'pinia'
import { request } from '../shared/client'

interface Removal {
  /** Entries that were removed at once, and come back at once. */
  entries: number
  /** Takes the message about it away. */
  closeMessage: () => void
}

/** Removals that can be taken back, in the order in which they were made. */
export const useRemovalsStore = defineStore('removals', () => {
  let done: Removal[] = []

  function remember(removal: Removal): void {
    // the button of a message takes back the last removal, so only that one has a message
    done.at(-1)?.closeMessage()
    done.push(removal)
  }
  async function undo(): Promise<void> {
    const last = done.pop()
    last?.closeMessage()
    for (let entry = 0; entry < (last?.entries ?? 1); entry++) await request('project.undo', null)
  }
  /** Another project: there is nothing to take back. */
  function restart(): void {
    done.at(-1)?.closeMessage()
    done = []
  }
  return { remember, undo, restart }
})
