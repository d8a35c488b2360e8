import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { cpus, totalmem } from 'node:os'
import { promisify } from 'node:util'
import type { DeviceDescription } from '../../preload/contract'
import { freeMemoryBytes } from './free-memory'
import { installedRuntime } from './tensorflow-runtime'

/** What jobs can compute on, the one that 'auto' takes first. Graphics cards only where the installed library can use them. */
export async function describeDevices(): Promise<DeviceDescription[]> {
  const runtime = await installedRuntime()
  const cards = runtime?.variant === 'cuda' ? parseCards(await queryCards()) : []
  return [...cards, await describeProcessor()]
}

async function describeProcessor(): Promise<DeviceDescription> {
  const cores = cpus()
  const model = cores[0]?.model.trim() ?? ''
  const name = model === '' ? 'Processor' : model
  return {
    name: `${name} (${cores.length} ${cores.length === 1 ? 'core' : 'cores'})`,
    kind: 'cpu',
    memoryBytes: totalmem(),
    freeBytes: await freeMemoryBytes(),
    bfloat16: hasBfloat16(await readFile('/proc/cpuinfo', 'utf8').catch(() => '')),
  }
}

/** Whether `cpuinfo` (of Linux; empty elsewhere) lists the instructions that make bfloat16 faster than float32. */
export function hasBfloat16(cpuinfo: string): boolean {
  const flags = /^flags\s*:(.*)$/m.exec(cpuinfo)?.[1]?.split(/\s+/) ?? []
  return flags.includes('amx_bf16') || flags.includes('avx512_bf16')
}

async function queryCards(): Promise<string> {
  try {
    const query = ['--query-gpu=name,memory.total,memory.free,compute_cap', '--format=csv,noheader,nounits']
    return (await promisify(execFile)('nvidia-smi', query, { timeout: 5000 })).stdout
  } catch {
    // no driver
    return ''
  }
}

const MEBIBYTE = 2 ** 20
/** First generation of cards (Ampere) with bfloat16. */
const BFLOAT16_CAPABILITY = 8

/** @param csv a line a card: name, memory in MiB, free memory in MiB, compute capability */
export function parseCards(csv: string): DeviceDescription[] {
  return csv.split('\n').flatMap((line) => {
    const [name = '', total, free, capability] = line.split(',').map((cell) => cell.trim())
    if (name === '' || !(Number(total) > 0)) return []
    return [{
      name, kind: 'gpu' as const, memoryBytes: Number(total) * MEBIBYTE, freeBytes: Number(free) * MEBIBYTE, bfloat16: Number(capability) >= BFLOAT16_CAPABILITY,
    }]
  })
}
