import { toStudioError } from '../common/errors'
import type { RecordList } from '../project/record-list'
import type { SceneQuestions } from './scene-questions'

/** Where a written raster is: absolute paths, the one with the pixels first; none until it is written. */
export interface WrittenPlace {
  paths: string[]
  missing: boolean
}

/** Rasters that the program wrote for the project, all of one kind. */
export interface WrittenFiles<R extends { id: string; name: string }> {
  records: Pick<RecordList<R>, 'kind' | 'all' | 'find'>
  /** Where a record's files are; null = not written yet. */
  locate(record: R): Promise<{ paths: string[]; found: boolean } | null>
  /** What the scene process knows it by. */
  layerOf(id: string): string
}

export interface WrittenShelfSurroundings {
  scenes: SceneQuestions
  /** A place is another than before. */
  changed(): void
  log(message: string): void
}

/** Written rasters of the open project as they are on disk, those that are there opened as layers in the scene process. */
export class WrittenShelf<R extends { id: string; name: string }> {
  private readonly places = new Map<string, WrittenPlace>()
  private closed = false

  constructor(private readonly files: WrittenFiles<R>, private readonly surroundings: WrittenShelfSurroundings) {}

  /** Looks at all again. Never rejects. */
  async refreshAll(): Promise<void> {
    for (const { id } of this.files.records.all) await this.refresh(id)
  }

  /** Looks whether the files of a record are there and opens its layer. Never rejects. */
  async refresh(id: string): Promise<void> {
    const { records } = this.files
    const record = records.find(id)
    if (record === undefined || this.closed) return
    const place = await this.look(record).catch((error: unknown): WrittenPlace | null => {
      if (this.closed) return null
      this.surroundings.log(`The ${records.kind} ${record.name} can't be read: ${toStudioError(error).message}`)
      return { paths: [], missing: true }
    })
    if (place === null || this.closed) return
    // removed while it was opened
    if (records.find(id) === undefined) {
      await this.withdraw(id)
      return
    }
    this.places.set(id, place)
    this.surroundings.changed()
  }

  /** Forgets a record that was removed or is to be written anew. */
  async forget(id: string): Promise<void> {
    if (this.places.delete(id)) this.surroundings.changed()
    await this.withdraw(id)
  }

  /** As it was looked at last, the same object until then; undefined before the first look. */
  place(id: string): WrittenPlace | undefined {
    return this.places.get(id)
  }

  /** Withdraws all layers. */
  async close(): Promise<void> {
    this.closed = true
    await Promise.all(this.files.records.all.map(({ id }) => this.withdraw(id)))
  }

  /** null when all layers were withdrawn before this one was opened: the project may be open again, with layers of the same names. */
  private async look(record: R): Promise<WrittenPlace | null> {
    const located = await this.files.locate(record)
    if (this.closed) return null
    if (located === null) return { paths: [], missing: false }
    const { paths, found } = located
    const [path] = paths
    if (!found || path === undefined) {
      await this.withdraw(record.id)
      return { paths, missing: true }
    }
    await this.surroundings.scenes.open(this.files.layerOf(record.id), { path, variable: null, repairs: {}, workingCopy: null })
    return { paths, missing: false }
  }

  private withdraw(id: string): Promise<void> {
    return this.surroundings.scenes.close(this.files.layerOf(id))
  }
}
