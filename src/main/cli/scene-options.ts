import { Option, type Command } from 'commander'
import type { CubeReader } from '../cube/cube-reader'
import type { Compression } from '../cube/cube-writer'
import type { Interleave } from '../cube/cube-header'
import { SAMPLE_TYPES, type SampleType } from '../cube/sample-type'
import { openCube } from '../formats/registry'
import { oneOf, wholeNumber } from './option-values'
import type { Reporter } from './reporter'

export const INTERLEAVES: readonly Interleave[] = ['bsq', 'bil', 'bip']
export const COMPRESSIONS: readonly Compression[] = ['none', 'deflate', 'zstd']
export const SAMPLE_TYPE_NAMES = Object.keys(SAMPLE_TYPES) as SampleType[]

export interface JsonOption {
  json?: true
}

export interface OpenOptions {
  variable?: string
  bandAxis?: 0 | 1 | 2
}

export interface StorageOptions {
  compression?: Compression
  interleave?: Interleave
  blockSize?: number
}

export function addJsonOption(command: Command): Command {
  return command.option('--json', 'print JSON for programs, one object a line, on standard output')
}

export function addForceOption(command: Command): Command {
  return command.option('--force', 'replace the output if it exists')
}

/** How to find the cube in a MATLAB file. */
export function addOpenOptions(command: Command): Command {
  return command
    .option('--variable <name>', 'MATLAB files: the array that holds the scene')
    .addOption(new Option('--band-axis <axis>', 'MATLAB files: the dimension that counts the bands (0, 1 or 2)').argParser(oneOf([0, 1, 2] as const)))
}

export function addStorageOptions(command: Command): Command {
  return command
    .addOption(new Option('--compression <kind>', `GeoTIFF: ${COMPRESSIONS.join(', ')} (default: deflate)`).argParser(oneOf(COMPRESSIONS)))
    .addOption(new Option('--interleave <kind>', `order of the values: ${INTERLEAVES.join(', ')}; GeoTIFF has no bil (default: the source's)`).argParser(oneOf(INTERLEAVES)))
    .addOption(new Option('--block-size <pixels>', 'side of a storage block, a multiple of 16 (default: 256)').argParser(wholeNumber(16, 8192)))
}

/** The storage options that were given. */
export function storageChoice({ compression, interleave, blockSize }: StorageOptions): StorageOptions {
  return {
    ...(compression === undefined ? {} : { compression }),
    ...(interleave === undefined ? {} : { interleave }),
    ...(blockSize === undefined ? {} : { blockSize }),
  }
}

/** Opens a scene, tells what its reader had to say, and closes it when `use` has ended. */
export async function withScene<T>(path: string, options: OpenOptions, reporter: Reporter, use: (reader: CubeReader) => Promise<T>): Promise<T> {
  const { variable, bandAxis } = options
  const reader = await openCube(path, {
    ...(variable === undefined ? {} : { variable }),
    ...(bandAxis === undefined ? {} : { bandAxis }),
  })
  try {
    for (const { message } of reader.header.notices) reporter.log('info', `note: ${message}`)
    return await use(reader)
  } finally {
    await reader.close()
  }
}
