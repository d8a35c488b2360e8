import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readRunPatches, writeRunPatches, type RunPatches } from '../../src/main/project/run-patches'
import { temporaryFolder } from '../setup/temporary-folder'

function patches(rows: number, cols: number): RunPatches {
  const picture = (seed: number): Uint8Array => Uint8Array.from({ length: rows * cols * 3 }, (_, i) => (i * 7 + seed) % 256)
  return { rows, cols, step: 40, lowRes: picture(0), bicubic: picture(10), now: picture(100), truth: picture(200) }
}

it('keeps the last pictures of a run', async () => {
  const path = join(temporaryFolder(), 'run-1.patches')
  expect(await readRunPatches(path)).toBeNull()
  await writeRunPatches(path, patches(3, 4))
  expect(await readRunPatches(path)).toEqual(patches(3, 4))
  await writeRunPatches(path, patches(30, 40))
  expect(await readRunPatches(path)).toEqual(patches(30, 40))
})

it('refuses pictures whose sizes do not fit', async () => {
  const path = join(temporaryFolder(), 'run-1.patches')
  await expect(writeRunPatches(path, { ...patches(3, 4), cols: 5 })).rejects.toMatchObject({ tag: 'invalid-argument' })
  await expect(writeRunPatches(path, { ...patches(3, 4), rows: 0 })).rejects.toMatchObject({ tag: 'invalid-argument' })
  expect(await readRunPatches(path)).toBeNull()
})

it('says when the file is damaged', async () => {
  const path = join(temporaryFolder(), 'run-1.patches')
  await writeRunPatches(path, patches(3, 4))
  const bytes = readFileSync(path)
  for (const damaged of [bytes.subarray(0, 0), bytes.subarray(0, 10), bytes.subarray(0, -1), Buffer.concat([bytes, bytes]), Buffer.from(bytes.toString('latin1').replace('"rows":3', '"rows":9'), 'latin1')]) {
    writeFileSync(path, damaged)
    await expect(readRunPatches(path)).rejects.toMatchObject({ tag: 'malformed', file: path })
  }
})
