import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes of all files below `folder`; 0 when there is no such folder. Links are not followed. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0
  // folders and files may go while we look
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) bytes += await folderSize(path)
    else if (entry.isFile()) bytes += await stat(path).then(({ size }) => size, () => 0)
  }
  return bytes
}
