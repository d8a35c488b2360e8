import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../../src/main/common/project-root'

interface Cost {
  wallSeconds: number
  cpuSeconds?: number
  peakMb?: number
}

interface Row {
  name: string
  ours: Cost
  besideName: string
  beside: Cost | null
  note: string
}

export interface Walk {
  first?: number
  verdict?: number
  result: number
  curve: { seconds: number; step: number; psnr: number }[]
  lines: { bicubic: number; backProjection: number; base: number | null }
}

interface Options {
  quick: boolean
  only: string | null
  big: boolean
  sceneSize: number
  model: string | null
}

interface Scripts {
  'statistics.mjs': {
    median: (values: readonly number[]) => number
    quantile: (values: readonly number[], share: number) => number
    medianRun: (runs: readonly Record<string, unknown>[]) => Record<string, number>
    signalToNoiseDb: (reference: Float32Array, estimate: Float32Array) => number
    interleaved: <T>(rounds: number, first: () => Promise<T>, second: (() => Promise<T>) | null) => Promise<[T[], T[]]>
  }
  'table.mjs': {
    figure: (value: number | undefined) => string
    textTable: (rows: readonly Row[]) => string
    markdownTable: (rows: readonly Row[]) => string
  }
  'options.mjs': {
    benchOptions: (words: readonly string[]) => Options
    isWanted: (name: string, options: Pick<Options, 'only' | 'big'>) => boolean
  }
  'child-time.mjs': { childSeconds: () => number | undefined }
  'one-click-curves.mjs': {
    middleWalk: (walks: readonly Walk[]) => Walk
    oneClickCsv: (walks: readonly Walk[], demos: readonly Walk[]) => string
    keepCurves: (folder: string, walks: readonly Walk[], demos: readonly Walk[]) => string[]
  }
  'process.mjs': { errorLine: (words: string) => string }
  'memory.mjs': { watchPeakMb: (pid: number, word: string) => () => number }
}

/** A part of the benchmark: plain JavaScript, which TypeScript is told the shape of here. */
export async function benchScript<Name extends keyof Scripts>(name: Name): Promise<Scripts[Name]> {
  return (await import(pathToFileURL(join(projectRoot, 'scripts', 'bench', name)).href)) as Scripts[Name]
}
