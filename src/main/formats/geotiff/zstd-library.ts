import { createRequire } from 'node:module'
import { join } from 'node:path'
import { projectRoot } from '../../common/project-root'

export type Zstd = typeof import('@bokuweb/zstd-wasm')

let ready: Promise<Zstd> | null = null

/** The Zstandard library, started once. It reads its WebAssembly file from its own folder, so it can't be bundled. */
export function loadZstd(): Promise<Zstd> {
  ready ??= (async () => {
    const library = createRequire(join(projectRoot, 'package.json'))('@bokuweb/zstd-wasm') as Zstd
    await library.init()
    return library
  })()
  return ready
}
