import { moveToRemoved, restoreRemoved } from './removed-files'
import type { RecordList } from './record-list'

interface Removal {
  label: string
  undo: () => Promise<void>
}

/** Records that were taken out of an open project, so that the last ones can be brought back; one removal or undo at a time. */
export class Removals {
  private readonly done: Removal[] = []
  private last: Promise<unknown> = Promise.resolve()

  /** @param save puts the lists on disk: files move only when the record is gone for certain, so that a crash loses nothing */
  constructor(private readonly folder: string, private readonly save: () => Promise<void>) {}

  /** What `undo` would do, e.g. 'Remove jasper-ridge'; null = nothing to undo. */
  get label(): string | null {
    return this.done[this.done.length - 1]?.label ?? null
  }

  /**
   * Takes a record out of its list and moves its files (relative to the project's folder) to `removed/ID`. `finish` does what
   * can't be undone. Leaves everything as it was and throws when that fails.
   */
  remove<R extends { id: string; name: string }>(list: RecordList<R>, id: string, files: readonly string[], finish?: () => Promise<void>): Promise<void> {
    return this.inTurn(async () => {
      const { record, index } = list.take(id)
      try {
        await this.save()
        await moveToRemoved(this.folder, id, files)
        await finish?.()
      } catch (error) {
        await restoreRemoved(this.folder, id).catch(() => undefined)
        list.putBack(record, index)
        throw error
      }
      this.done.push({
        label: `Remove ${record.name}`,
        undo: async () => {
          await restoreRemoved(this.folder, id)
          list.putBack(record, index)
        },
      })
    })
  }

  /** Brings the record back that was removed last, with its files; nothing happens when there is none. */
  undo(): Promise<void> {
    return this.inTurn(async () => {
      const removal = this.done.pop()
      try {
        await removal?.undo()
      } catch (error) {
        if (removal !== undefined) this.done.push(removal)
        throw error
      }
    })
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.last.then(work)
    this.last = turn.catch(() => undefined)
    return turn
  }
}
