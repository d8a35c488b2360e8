import { readFileSync } from 'node:fs'
import { platform } from 'node:os'

/** Linux counts in hundredths of a second for programs, whatever its own beat. */
const TICKS_A_SECOND = 100
/** Of /proc/self/stat behind the name, which may hold blanks: children that have ended, theirs included, in user and system mode. */
const CHILDREN = [13, 14]

/** Seconds of the processor that this process's children have taken until they ended, with all that they started themselves; undefined where it can't be told. */
export function childSeconds() {
  if (platform() !== 'linux') return undefined
  const fields = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\) /s, '').split(' ')
  return CHILDREN.reduce((sum, index) => sum + Number(fields[index]), 0) / TICKS_A_SECOND
}
