import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { availableParallelism, cpus, freemem, homedir, totalmem } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { folderSize } from '../common/folder-size'
import { expectedFailure } from '../jobs/failure'
import type { SelfTestResult } from '../jobs/job-result'
import { formatBytes } from './format'

/** One thing that `dacn doctor` looked at. 'missing' must be mended before anything works; 'note' is good to know. */
export interface Finding {
  name: string
  state: 'ok' | 'note' | 'missing'
  value: string
  remedy?: string
}

const MIN_NODE = 20
const MIN_MEMORY_BYTES = 4e9
const MIN_DISK_BYTES = 5e9

/** The per-user folder of TensorFlow runtimes: the rule of scripts/setup/platforms.mjs. */
export function cacheFolder(system: NodeJS.Platform, env: NodeJS.ProcessEnv, home: string): string {
  // an empty variable counts as not set
  const given = (name: string): string | null => (env[name] === undefined || env[name] === '' ? null : env[name])
  const chosen = given('DACN_CACHE')
  if (chosen !== null) return resolve(chosen)
  if (system === 'darwin') return join(home, 'Library', 'Caches', 'dacn-studio')
  if (system === 'win32') return join(given('LOCALAPPDATA') ?? join(home, 'AppData', 'Local'), 'dacn-studio')
  return join(given('XDG_CACHE_HOME') ?? join(home, '.cache'), 'dacn-studio')
}

/** What is there without starting TensorFlow. */
export async function inspectMachine(folder: string): Promise<Finding[]> {
  const { node } = process.versions
  const tooOld = Number(node.split('.')[0]) < MIN_NODE
  const tried = process.platform === 'linux' && process.arch === 'x64'
  return [
    tooOld
      ? { name: 'Node', state: 'missing', value: node, remedy: `Install Node ${MIN_NODE} or later.` }
      : { name: 'Node', state: 'ok', value: node },
    { name: 'platform', state: tried ? 'ok' : 'note', value: `${process.platform} ${process.arch}${tried ? '' : ' (not tried by us)'}` },
    { name: 'processor', state: 'ok', value: `${availableParallelism()} cores, ${cpus()[0]?.model.trim() ?? 'unknown'}` },
    memoryFinding(),
    await diskFinding(folder),
    await cacheFinding(cacheFolder(process.platform, process.env, homedir())),
    await programFinding('GDAL', 'gdalinfo', ['--version'], 'not found; it is used only for comparisons in tests'),
    await programFinding('NVIDIA driver', 'nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader'], 'none; TensorFlow computes on the processor'),
  ]
}

function memoryFinding(): Finding {
  const value = `${formatBytes(freemem())} free of ${formatBytes(totalmem())}`
  if (totalmem() >= MIN_MEMORY_BYTES) return { name: 'memory', state: 'ok', value }
  return { name: 'memory', state: 'note', value: `${value}: little for training`, remedy: 'Work on a part of the scene with `dacn convert --window`.' }
}

async function diskFinding(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  const value = `${formatBytes(free)} free in ${folder}`
  return free >= MIN_DISK_BYTES ? { name: 'disk', state: 'ok', value } : { name: 'disk', state: 'note', value, remedy: 'Free some space: results are several times the size of the scene.' }
}

async function cacheFinding(folder: string): Promise<Finding> {
  if (!existsSync(folder)) return { name: 'cache', state: 'note', value: `${folder} does not exist: TensorFlow was installed in another way` }
  return { name: 'cache', state: 'ok', value: `${folder}, ${formatBytes(await folderSize(folder))}` }
}

async function programFinding(name: string, program: string, args: string[], absent: string): Promise<Finding> {
  try {
    const { stdout } = await promisify(execFile)(program, args, { timeout: 10_000 })
    return { name, state: 'ok', value: stdout.trim().replaceAll('\n', '; ') }
  } catch {
    return { name, state: 'note', value: absent }
  }
}

/** What a short training in a job process showed. */
export function selfTestFindings({ tensorflow, binding, devices, steps, seconds, firstLoss, lastLoss }: SelfTestResult): Finding[] {
  return [
    { name: 'TensorFlow', state: 'ok', value: `${tensorflow}, tfjs-node ${binding}` },
    { name: 'devices', state: 'ok', value: devices.join(', ') },
    { name: 'self-test', state: 'ok', value: `${steps} training steps in ${seconds.toFixed(1)} s, loss ${firstLoss.toPrecision(3)} -> ${lastLoss.toPrecision(3)}` },
  ]
}

/** The finding in place of those when the training failed. Throws `error` when it is none that is expected, or an interruption. */
export function selfTestFailure(error: unknown): Finding {
  const failure = expectedFailure(error)
  if (failure === null || failure.tag === 'cancelled') throw error
  return { name: 'self-test', state: 'missing', value: failure.message, remedy: failure.remedy ?? 'Run `npm run setup`.' }
}
