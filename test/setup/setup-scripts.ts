import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { projectRoot } from '../../src/main/common/project-root'

/** What the set-up needs to know about one runtime. */
export interface RuntimeChoice {
  cache: string
  platform: string
  variant: 'cpu' | 'cuda'
}

export type FileRecords = Record<string, { bytes: number; sha256: string }>

/** The four functions of python.mjs through which runtime.mjs reaches Python and the package index. */
export interface WheelTools {
  findPython: () => Promise<string[]>
  downloadWheels: (python: string[], requirements: string[], options: { into: string }) => Promise<void>
  readWheelMetadata: (python: string[], wheel: string) => Promise<string>
  unpackWheel: (python: string[], wheel: string, folder: string, wanted: { prefixes: string[]; pattern: RegExp | null }) => Promise<FileRecords>
}

interface Lockfile {
  packages: Record<string, { version?: string; optional?: boolean; devOptional?: boolean; peer?: boolean }>
}

interface Step {
  name: string
  needs: () => Promise<string | null> | string | null
  work: () => Promise<void>
}

interface Scripts {
  'build.mjs': { fingerprintOfSources: (root: string) => string; buildNeeds: (root: string) => string | null }
  'dependencies.mjs': { differenceFromLock: (lock: Lockfile, installed: Lockfile | null) => string | null; dependenciesNeed: (root: string) => string | null }
  'electron-libraries.mjs': { notFoundIn: (listing: string) => string[] }
  'electron-sandbox.mjs': { requireSandbox: (executable: string, allowed: boolean) => void }
  'electron-official.mjs': {
    officialExecutable: (root: string) => string | null
    rememberedRefusal: (root: string, cache: string) => string | null
    forgetRefusedElectron: (cache: string) => void
    downloadOfficial: (root: string, cache: string, options: { installer: string; silentMs: number }) => Promise<string | null>
  }
  'electron-trial.mjs': {
    trialElectron: { version: string; executable: string }
    trialExecutable: (cache: string) => string
    trialFolder: (cache: string) => string
    trialNeeds: (cache: string, how: { deep: boolean }) => Promise<string | null>
    trialServes: (system: string, arch: string) => boolean
    installTrial: (cache: string, how: { deep: boolean }, source: { fetchPackage: (folder: string) => Promise<string>; integrity: string }) => Promise<void>
  }
  'electron.mjs': { findElectron: (root: string) => string | null }
  'lock.mjs': {
    isStale: (path: string) => boolean
    withLock: <T>(path: string, purpose: string, work: (addProcess: (pid: number) => void) => Promise<T>, options?: { pollMs?: number }) => Promise<T>
  }
  'marker.mjs': {
    readMarker: (path: string) => Record<string, unknown> | null
    writeMarker: (path: string, value: object) => void
    differenceFromMarker: (folder: string, files: FileRecords, how: { deep: boolean }) => Promise<string | null>
  }
  'platforms.mjs': {
    platforms: Record<string, { tried: string; missing?: string; wheelTags: string[]; variants: Record<string, { package: string; sha256: string | null; libraries: string[]; extraKeep?: RegExp }> }>
    tensorflowVersion: string
    choosePlatform: (system: string, arch: string) => string
    chooseVariant: (facts: { platform: string; override: string | undefined; hasGpu: () => boolean }) => Promise<'cpu' | 'cuda'>
    cacheFolder: (facts: { system: string; env: Record<string, string | undefined>; home?: string }) => string
  }
  'python.mjs': WheelTools
  'run.mjs': { run: (command: string, args: string[], options?: { timeoutMs?: number }) => Promise<{ code: number | null; signal: string | null; stdout: string; missing: boolean }> }
  'runtime.mjs': {
    runtimeFolder: (choice: RuntimeChoice) => string
    runtimeNeeds: (choice: RuntimeChoice, how: { deep: boolean }) => Promise<string | null>
    installRuntime: (choice: RuntimeChoice, how: { deep: boolean }, tools: WheelTools) => Promise<void>
  }
  'steps.mjs': { checkNode: (version: string) => void; stepsFor: (root: string, options: { quick: boolean; electron: boolean }) => Step[]; runSteps: (root: string, steps: Step[], how: { deep: boolean }) => Promise<string[]> }
  'wheel-metadata.mjs': { requirementsOfExtra: (metadata: string, extra: string) => string[]; wheelIdentity: (file: string) => { name: string; version: string } }
}

/** One file of scripts/setup, which is plain JavaScript because it runs before there is a compiler, with its types. */
export async function setupScript<Name extends keyof Scripts>(name: Name): Promise<Scripts[Name]> {
  return (await import(pathToFileURL(join(projectRoot, 'scripts', 'setup', name)).href)) as Scripts[Name]
}
