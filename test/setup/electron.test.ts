import { createHash } from 'node:crypto'
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { setupScript } from './setup-scripts'
import { temporaryFolder } from './temporary-folder'

const { findElectron } = await setupScript('electron.mjs')
const { notFoundIn } = await setupScript('electron-libraries.mjs')
const { downloadOfficial, forgetRefusedElectron, officialExecutable, rememberedRefusal } = await setupScript('electron-official.mjs')
const { requireSandbox } = await setupScript('electron-sandbox.mjs')
const { installTrial, trialElectron, trialExecutable, trialFolder, trialNeeds, trialServes } = await setupScript('electron-trial.mjs')
const { stepsFor } = await setupScript('steps.mjs')

// the steps announce themselves there
beforeEach(() => { vi.spyOn(process.stderr, 'write').mockReturnValue(true) })

function setEnvironment(name: string, value: string): void {
  vi.stubEnv(name, value)
  onTestFinished(() => { vi.unstubAllEnvs() })
}

it('is a step of those only who want a window, before the build', () => {
  const names = (electron: boolean) => stepsFor('/nowhere', { quick: true, electron }).map(({ name }) => name)
  expect(names(false)).toEqual(['packages', 'TensorFlow', 'build'])
  expect(names(true)).toEqual(['packages', 'TensorFlow', 'Electron', 'build'])
})

describe('the official binary', () => {
  function checkout(): string {
    const root = temporaryFolder()
    mkdirSync(join(root, 'node_modules', 'electron'), { recursive: true })
    writeFileSync(join(root, 'node_modules', 'electron', 'package.json'), '{"version": "45.0.0"}')
    return root
  }

  function installer(root: string, body: string): string {
    const path = join(root, 'node_modules', 'electron', 'install.js')
    writeFileSync(path, `const fs = require('node:fs')\nprocess.chdir(__dirname)\n${body}`)
    return path
  }

  const complete = 'fs.mkdirSync("dist"); fs.writeFileSync("dist/electron", ""); fs.writeFileSync("dist/version", "v45.0.0\\n"); fs.writeFileSync("path.txt", "electron")'

  it('is downloaded by the package\'s own script', async () => {
    const root = checkout()
    const cache = temporaryFolder()
    expect(officialExecutable(root)).toBeNull()
    expect(await downloadOfficial(root, cache, { installer: installer(root, complete), silentMs: 5000 })).toBeNull()
    expect(officialExecutable(root)).toBe(join(root, 'node_modules', 'electron', 'dist', 'electron'))
    expect(readdirSync(cache)).toEqual([])
  })

  it('counts as not there when the download was cut off or is of another version', async () => {
    const root = checkout()
    await downloadOfficial(root, temporaryFolder(), { installer: installer(root, complete.replace('v45.0.0', '44.0.0')), silentMs: 5000 })
    expect(officialExecutable(root)).toBeNull()
  })

  it('that is refused is remembered with the reason, until version, mirror or proxy change or it is forgotten', async () => {
    const root = checkout()
    const cache = temporaryFolder()
    expect(await downloadOfficial(root, cache, { installer: installer(root, 'throw new TypeError("fetch failed")'), silentMs: 5000 })).toBe('TypeError: fetch failed')
    expect(rememberedRefusal(root, cache)).toBe('TypeError: fetch failed')
    const coded = 'throw Object.assign(new Error("no way"), { name: "Error [ERR_REQUIRE_ESM]" })'
    expect(await downloadOfficial(root, temporaryFolder(), { installer: installer(root, coded), silentMs: 5000 })).toBe('Error [ERR_REQUIRE_ESM]: no way')
    setEnvironment('ELECTRON_MIRROR', 'https://mirror.example/')
    expect(rememberedRefusal(root, cache)).toBeNull()
    vi.unstubAllEnvs()
    expect(rememberedRefusal(root, cache)).not.toBeNull()
    forgetRefusedElectron(cache)
    expect(rememberedRefusal(root, cache)).toBeNull()
  })

  it('is given up when nothing arrives', async () => {
    const root = checkout()
    const begin = Date.now()
    expect(await downloadOfficial(root, temporaryFolder(), { installer: installer(root, 'setInterval(() => undefined, 1000)'), silentMs: 400 })).toMatch(/nothing arrived/)
    expect(Date.now() - begin).toBeLessThan(5000)
  })

  it('is waited for while it arrives', async () => {
    const root = checkout()
    const slow = `const file = require('node:path').join(require('node:os').tmpdir(), 'part')
      const timer = setInterval(() => fs.appendFileSync(file, 'x'), 50)
      setTimeout(() => { clearInterval(timer); ${complete} }, 1500)`
    expect(await downloadOfficial(root, temporaryFolder(), { installer: installer(root, slow), silentMs: 700 })).toBeNull()
  })
})

describe('the one for trying out', () => {
  const sizes = { deep: false }

  /** A package like the published one, with a program of a few bytes. */
  function packed(folder: string): string {
    const app = join(folder, 'app')
    mkdirSync(join(app, 'resources', 'app'), { recursive: true })
    writeFileSync(join(app, trialElectron.executable), 'program', { mode: 0o755 })
    writeFileSync(join(app, 'libffmpeg.so'), 'library')
    writeFileSync(join(app, 'resources', 'app', 'package.json'), '{"name": "another program"}')
    writeFileSync(join(app, 'resources', 'app-update.yml'), 'url: somewhere')
    mkdirSync(join(folder, 'package', 'release'), { recursive: true })
    execFileSync('tar', ['-czf', join(folder, 'package', 'release', 'app.tar.gz'), '-C', app, '.'])
    const file = join(folder, 'a.tgz')
    execFileSync('tar', ['-czf', file, '-C', folder, 'package'])
    return file
  }

  function madeSource(): { fetchPackage: (folder: string) => Promise<string>; integrity: string } {
    const archive = packed(temporaryFolder())
    const fetchPackage = (folder: string): Promise<string> => {
      const file = join(folder, 'a.tgz')
      writeFileSync(file, readFileSync(archive))
      return Promise.resolve(file)
    }
    return { fetchPackage, integrity: `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}` }
  }

  it('exists for Linux on x64 only', () => {
    expect(trialServes('linux', 'x64')).toBe(true)
    expect(trialServes('linux', 'arm64')).toBe(false)
    expect(trialServes('darwin', 'x64')).toBe(false)
  })

  it('is unpacked without the program that came along, with a loader, and then found', async () => {
    const cache = temporaryFolder()
    expect(await trialNeeds(cache, sizes)).toMatch(/not there yet/)
    await installTrial(cache, sizes, madeSource())
    expect(await trialNeeds(cache, { deep: true })).toBeNull()
    expect(readdirSync(cache)).toEqual([`electron-${trialElectron.version}-trial`])
    const folder = trialFolder(cache)
    expect(readdirSync(folder).sort()).toEqual(['dacn-electron.json', 'electron', 'libffmpeg.so', 'resources', 'version'])
    expect(readdirSync(join(folder, 'resources'))).toEqual(['app'])
    expect(readFileSync(join(folder, 'resources', 'app', 'package.json'), 'utf8')).toContain('electron-loader')
    setEnvironment('DACN_CACHE', cache)
    expect(findElectron('/nowhere')).toBe(trialExecutable(cache))
  })

  it('is not installed twice, and again when a file was damaged', async () => {
    const cache = temporaryFolder()
    const source = madeSource()
    await installTrial(cache, sizes, source)
    await installTrial(cache, sizes, { ...source, fetchPackage: () => Promise.reject(new Error('a second time')) })
    truncateSync(join(trialFolder(cache), 'libffmpeg.so'))
    expect(await trialNeeds(cache, sizes)).toMatch(/libffmpeg\.so has 0 bytes/)
    await installTrial(cache, sizes, source)
    expect(await trialNeeds(cache, { deep: true })).toBeNull()
  })

  it('of another content is refused and leaves nothing', async () => {
    const cache = temporaryFolder()
    mkdirSync(`${trialFolder(cache)}.partial-1`)
    await expect(installTrial(cache, sizes, { ...madeSource(), integrity: 'sha512-AAAA' })).rejects.toThrowError(expect.objectContaining({ message: expect.stringContaining('not the file') as string, remedy: expect.stringContaining('registry') as string }))
    expect(readdirSync(cache)).toEqual([])
  })
})

it('takes the folder that ELECTRON_OVERRIDE_DIST_PATH names before all others, and says when there is none', () => {
  const folder = temporaryFolder()
  setEnvironment('ELECTRON_OVERRIDE_DIST_PATH', folder)
  const name = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform as string] ?? 'electron'
  expect(() => findElectron('/nowhere')).toThrow(folder)
  mkdirSync(join(folder, name, '..'), { recursive: true })
  writeFileSync(join(folder, name), '')
  expect(findElectron('/nowhere')).toBe(join(folder, name))
})

it('reads the missing libraries off what ldd says', () => {
  const listing = '\tlinux-vdso.so.1 (0x0)\n\tlibgtk-3.so.0 => not found\n\tlibc.so.6 => /lib/libc.so.6 (0x0)\n\tlibgbm.so.1 => not found\n\tlibgtk-3.so.0 => not found\n'
  expect(notFoundIn(listing)).toEqual(['libgtk-3.so.0', 'libgbm.so.1'])
  expect(notFoundIn('\tstatically linked\n')).toEqual([])
})

it.skipIf(process.platform !== 'linux')('names the one command for a system that keeps the sandbox to root\'s programs', () => {
  const folder = temporaryFolder()
  const executable = join(folder, 'electron')
  writeFileSync(join(folder, 'chrome-sandbox'), '', { mode: 0o755 })
  const user = vi.spyOn(process, 'getuid').mockReturnValue(1000)
  onTestFinished(() => { user.mockRestore() })
  expect(() => { requireSandbox(executable, false) }).toThrowError(expect.objectContaining({ remedy: expect.stringContaining(`sudo chmod 4755 ${folder}/chrome-sandbox`) as string }))
  expect(() => { requireSandbox(executable, true) }).not.toThrow()
  user.mockReturnValue(0)
  expect(() => { requireSandbox(executable, false) }).not.toThrow()
})
