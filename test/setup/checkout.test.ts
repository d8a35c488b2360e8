import { mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { setupScript } from './setup-scripts'
import { temporaryFolder } from './temporary-folder'

const { buildNeeds, fingerprintOfSources } = await setupScript('build.mjs')
const { dependenciesNeed, differenceFromLock } = await setupScript('dependencies.mjs')
const { readMarker, writeMarker } = await setupScript('marker.mjs')
const { runSteps } = await setupScript('steps.mjs')

// the steps announce themselves there
beforeEach(() => { vi.spyOn(process.stderr, 'write').mockReturnValue(true) })

function write(root: string, path: string, content: string | object): void {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content))
}

describe('packages', () => {
  const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-win32': { version: '2.0.0', optional: true } } }

  it('correspond to the lock file when versions agree; only optional ones may be missing', () => {
    expect(differenceFromLock(lock, lock)).toBeNull()
    expect(differenceFromLock(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBeNull()
    expect(differenceFromLock(lock, { packages: { 'node_modules/a': { version: '1.0.1' } } })).toBe('node_modules/a is 1.0.1 instead of 1.0.0')
    expect(differenceFromLock(lock, { packages: {} })).toBe('node_modules/a is missing')
    expect(differenceFromLock(lock, null)).toBe('npm did not finish')
  })

  it('are installed when there are none, taken over when npm did it, and asked for again when the lock file changes', () => {
    const root = temporaryFolder()
    write(root, 'package-lock.json', lock)
    write(root, 'scripts/dacn.mjs', '')
    expect(dependenciesNeed(root)).toMatch(/not there yet/)
    write(root, 'node_modules/a/package.json', '{}')
    expect(dependenciesNeed(root)).toBe('npm did not finish')
    write(root, 'node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.0.0' } } })
    expect(dependenciesNeed(root)).toBeNull()
    expect(readMarker(join(root, 'node_modules', '.dacn-setup.json'))).toHaveProperty('lockSha256')
    expect(dependenciesNeed(root)).toBeNull()
    write(root, 'package-lock.json', { packages: { ...lock.packages, 'node_modules/c': { version: '3.0.0' } } })
    expect(dependenciesNeed(root)).toBe('node_modules/c is missing')
  })

  it('are not believed when a folder that npm lists is gone', () => {
    const root = temporaryFolder()
    write(root, 'package-lock.json', lock)
    write(root, 'node_modules/.package-lock.json', { packages: { 'node_modules/a': { version: '1.0.0' } } })
    expect(dependenciesNeed(root)).toBe('node_modules/a is missing')
  })
})

describe('build', () => {
  function built(): string {
    const root = temporaryFolder()
    write(root, 'src/main/a.ts', 'export {}')
    write(root, 'electron.vite.config.ts', 'export default {}')
    write(root, 'out/main/cli.cjs', '1234')
    writeMarker(join(root, 'out', '.dacn-build.json'), { sources: fingerprintOfSources(root), files: { 'main/cli.cjs': 4 } })
    return root
  }

  it('is needed without a record, and not with one that fits', () => {
    expect(buildNeeds(temporaryFolder())).toMatch(/not there yet/)
    expect(buildNeeds(built())).toBeNull()
  })

  it.each([
    ['a source is saved', (root: string) => { utimesSync(join(root, 'src/main/a.ts'), 1, 1) }, /sources have changed/],
    ['a source is added', (root: string) => { write(root, 'src/main/b.ts', '') }, /sources have changed/],
    ['the configuration changes', (root: string) => { write(root, 'electron.vite.config.ts', 'export default { }') }, /sources have changed/],
    ['a built file was cut short', (root: string) => { write(root, 'out/main/cli.cjs', '12') }, /out\/main\/cli\.cjs/],
    ['the record was cut short', (root: string) => { write(root, 'out/.dacn-build.json', '{"sources": "') }, /not there yet/],
  ])('is needed when %s', (_what, change, reason) => {
    const root = built()
    change(root)
    expect(buildNeeds(root)).toMatch(reason)
  })
})

describe('steps', () => {
  it('run in order, only those that are needed, and go on where a failure stopped them', async () => {
    const root = temporaryFolder()
    const done = new Set(['first'])
    const order: string[] = []
    let failing = true
    const step = (name: string) => ({
      name,
      needs: () => (done.has(name) ? null : 'not done'),
      work: () => {
        order.push(name)
        if (name === 'third' && failing) return Promise.reject(new Error('no network'))
        done.add(name)
        return Promise.resolve()
      },
    })
    const steps = ['first', 'second', 'third', 'fourth'].map(step)
    await expect(runSteps(root, steps, { deep: false })).rejects.toThrow('no network')
    expect(order).toEqual(['second', 'third'])
    failing = false
    expect(await runSteps(root, steps, { deep: false })).toEqual(['third', 'fourth'])
    expect(await runSteps(root, steps, { deep: false })).toEqual([])
  })

  it('are done once when two set-ups run at once', async () => {
    const root = temporaryFolder()
    let times = 0
    const steps = [{ name: 'one', needs: () => (times > 0 ? null : 'not done'), work: () => { times++; return Promise.resolve() } }]
    await Promise.all([runSteps(root, steps, { deep: false }), runSteps(root, steps, { deep: false })])
    expect(times).toBe(1)
  })
})
