import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keyOf } from './content-key.mjs'

/**
 * A cell from the folder of results when nothing that decides it has changed since, else computed and kept there.
 * @template Cell
 * @param {unknown} description all that decides the cell
 * @param {string} results folder
 * @param {(folder: string) => Promise<Cell | null>} compute in a folder of its own, which is removed afterwards; null = not to be had
 * @returns {Promise<Cell | null>}
 */
export async function keptCell(description, results, compute) {
  const key = keyOf(description)
  const kept = join(results, 'cells', `${key}.json`)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'))
  const folder = join(results, 'work', key)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  mkdirSync(join(results, 'cells'), { recursive: true })
  try {
    const cell = await compute(folder)
    if (cell !== null) {
      writeFileSync(`${kept}.new`, JSON.stringify(cell, null, 1))
      renameSync(`${kept}.new`, kept)
    }
    return cell
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
