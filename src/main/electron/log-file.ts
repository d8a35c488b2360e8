import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { LogLevel } from '../common/job-context'

const LARGEST_BYTES = 1e6
/** Older files beside the current one: `main.1.log` is the youngest. */
const KEPT = 3

/** The program's log: lines with time and level, the file changed for a new one when it has grown large. */
export class LogFile {
  constructor(readonly path: string) {
    mkdirSync(dirname(path), { recursive: true })
  }

  /** Never throws: a full disk must not end the program that wanted to tell of it. */
  write(level: LogLevel, message: string): void {
    const text = `${new Date().toISOString()} ${level.padEnd(7)} ${message.replace(/\n/g, '\n    ')}\n`
    try {
      this.rotate()
      appendFileSync(this.path, text)
    } catch {
      process.stderr.write(text)
    }
  }

  private rotate(): void {
    if ((statSync(this.path, { throwIfNoEntry: false })?.size ?? 0) < LARGEST_BYTES) return
    for (let age = KEPT - 1; age >= 0; age--) {
      if (existsSync(this.aged(age))) renameSync(this.aged(age), this.aged(age + 1))
    }
  }

  private aged(age: number): string {
    return age === 0 ? this.path : this.path.replace(/(\.[^.]*)?$/, `.${age}$1`)
  }
}
