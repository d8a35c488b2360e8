import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/main/common/project-root'
import { setupScript } from './setup-scripts'
import { temporaryFolder } from './temporary-folder'

const { readWheelMetadata, unpackWheel } = await setupScript('python.mjs')

const python = ['python3', 'python'].find((command) => spawnSync(command, ['-c', 'import zipfile']).status === 0) ?? ''
if (python === '') console.info('skipped: no Python on the PATH to unpack wheels with')

/** A wheel made by Python's own zipfile, from paths and contents. */
function makeWheel(files: Record<string, string>): string {
  const wheel = join(temporaryFolder(), 'a-1.0-py3-none-any.whl')
  const script = 'import json, sys, zipfile\nz = zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED)\n[z.writestr(n, c) for n, c in json.loads(sys.argv[2]).items()]\nz.close()'
  const made = spawnSync(python, ['-c', script, wheel, JSON.stringify(files)], { encoding: 'utf8' })
  if (made.status !== 0) throw new Error(made.stderr)
  return wheel
}

it.skipIf(python === '')('unpacks what is wanted and nothing else, with checksums', async () => {
  const wheel = makeWheel({ 'tensorflow/lib.so': 'abc', 'tensorflow/lib.txt': 'no', 'nvidia/cudnn/lib/x.so.9': 'x', 'a-1.0.dist-info/METADATA': 'Name: a\n' })
  const folder = temporaryFolder()
  const written = await unpackWheel([python], wheel, folder, { prefixes: ['tensorflow/lib.so'], pattern: /^nvidia\/[^/]+\/lib\/.*\.so[.\d]*$/ })
  // the sha256 of "abc" as FIPS 180-4 gives it
  expect(written['tensorflow/lib.so']).toEqual({ bytes: 3, sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad' })
  expect(Object.keys(written).sort()).toEqual(['nvidia/cudnn/lib/x.so.9', 'tensorflow/lib.so'])
  expect(readFileSync(join(folder, 'nvidia/cudnn/lib/x.so.9'), 'utf8')).toBe('x')
  expect(existsSync(join(folder, 'tensorflow/lib.txt'))).toBe(false)
  expect(await readWheelMetadata([python], wheel)).toBe('Name: a\n')
})

it.skipIf(python === '')('refuses a wheel that would write outside the folder, and one that is cut off', async () => {
  const folder = temporaryFolder()
  const everything = { prefixes: [''], pattern: null }
  await expect(unpackWheel([python], makeWheel({ '../outside.so': 'x' }), folder, everything)).rejects.toThrow(/unsafe path/)
  expect(existsSync(join(folder, '..', 'outside.so'))).toBe(false)
  await expect(unpackWheel([python], join(projectRoot, 'package.json'), folder, everything)).rejects.toThrow(/could not be unpacked/)
})
