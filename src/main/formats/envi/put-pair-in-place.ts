import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { syncFolder } from '../../common/atomic-file'

export interface FilePair {
  data: string
  header: string
}

/**
 * Moves finished pixels and their header to their final names, header last. A header that stood there before is out of the
 * way in between, since beside new pixels it would be read as theirs; when a move fails it comes back.
 */
export async function putPairInPlace({ data, header }: FilePair, partialData: string, headerText: string): Promise<void> {
  const partialHeader = `${header}.part`
  const earlier = `${header}.previous`
  await writeSynced(partialHeader, headerText)
  const replaced = await rename(header, earlier).then(() => true, (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return false
    throw error
  })
  try {
    await rename(partialData, data)
  } catch (error) {
    if (replaced) await rename(earlier, header)
    await rm(partialHeader, { force: true })
    throw error
  }
  await rename(partialHeader, header)
  await syncFolder(dirname(data))
  if (replaced) await rm(earlier, { force: true })
}

async function writeSynced(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
