import type { z } from 'zod'
import { StudioError } from '../common/errors'
import { describeIssue } from './describe-issue'

/** The scenes, models, runs or results of an open project. Each change is checked and makes new records: earlier ones never change. */
export class RecordList<R extends { id: string }> {
  private records: readonly R[]

  /** @param kind for messages, e.g. 'scene'; `changed` hears of every change */
  constructor(readonly kind: string, private readonly schema: z.ZodType<R>, records: readonly R[], private readonly changed: () => void) {
    this.records = records
  }

  /** In the order of the interface. */
  get all(): readonly R[] {
    return this.records
  }

  find(id: string): R | undefined {
    return this.records.find((record) => record.id === id)
  }

  /** Throws 'not-found'. */
  get(id: string): R {
    const record = this.find(id)
    if (record === undefined) {
      throw new StudioError('not-found', `The project has no ${this.kind} "${id}".`, { remedy: `It may have been removed: choose another ${this.kind}.` })
    }
    return record
  }

  /** Adds at the end. Throws 'invalid-argument' for a record that breaks the rules of the project file, or whose id is taken. */
  add(record: R): R {
    if (this.find(record.id) !== undefined) throw new StudioError('invalid-argument', `The project already has a ${this.kind} "${record.id}".`)
    const checked = this.check(record)
    this.replace([...this.records, checked])
    return checked
  }

  /** Throws 'not-found', or 'invalid-argument' for values that break the rules of the project file. */
  update(id: string, change: Partial<Omit<R, 'id'>>): R {
    const checked = this.check({ ...this.get(id), ...change })
    this.replace(this.records.map((record) => (record.id === id ? checked : record)))
    return checked
  }

  /** Takes a record out; where it was, to put it back. Throws 'not-found'. */
  take(id: string): { record: R; index: number } {
    const record = this.get(id)
    const index = this.records.indexOf(record)
    this.replace(this.records.filter((other) => other !== record))
    return { record, index }
  }

  putBack(record: R, index: number): void {
    this.replace([...this.records.slice(0, index), record, ...this.records.slice(index)])
  }

  private replace(records: readonly R[]): void {
    this.records = records
    this.changed()
  }

  private check(record: R): R {
    const parsed = this.schema.safeParse(record)
    if (!parsed.success) throw new StudioError('invalid-argument', `The ${this.kind} can't be kept: ${describeIssue(parsed.error)}.`)
    return parsed.data
  }
}
