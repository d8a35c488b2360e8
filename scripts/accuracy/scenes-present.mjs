import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { SCENES } from './scenes.mjs'

/** The scenes that a folder of shared data has; says which are skipped. @param {string} data @param {readonly string[]} [names] only these */
export function scenesPresent(data, names) {
  return SCENES.filter(({ name, file }) => {
    if (names !== undefined && !names.includes(name)) return false
    if (existsSync(join(data, file))) return true
    console.log(`${name}: skipped, not in ${data}`)
    return false
  })
}
