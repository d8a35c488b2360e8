import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../../src/main/common/project-root'

export interface Row { name: string; quality: Record<string, number>; consistencyDb: number | null }
export interface Cell {
  scene: string; scale: number; method: string; seed: number; rows: Row[]; testPixels: number; seconds: number; steps: number; parameters: number
  adopted: string | null; curve: { seconds: number; psnr: number }[]; lines: { bicubic: number; backProjection: number } | null
  coverage: { pixels: number; withinOne: number; withinTwo: number } | null
}
export interface ShiftVerdict {
  adopted: string
  methods: { method: string; quality: Record<string, number> }[]
  gains: { method: string; over: string; decibels: number; standardError: number | null }[]
}
export interface ShiftCell {
  scene: string; scale: number; seed: number; verdict: ShiftVerdict | null; refusal: string | null; served: Row[] | null
  base: { fine: Row[]; coarse: Row[] }; seconds: number; steps: number
}
interface Kept { promised: number; standardError: number | null; true: number; held: boolean | null }
interface Parts {
  'scenes.mjs': { splitScene: (size: { rows: number; cols: number }, scale: number) => { train: number[]; test: number[] } }
  'tables.mjs': { gainTable: (cells: Cell[]) => string; sceneTables: (cells: Cell[]) => string[]; csv: (cells: Cell[]) => string }
  'time-table.mjs': { timeTable: (cells: Cell[]) => string | null }
  'curve-plot.mjs': {
    curvePlot: (
      title: string, runs: (Pick<Cell, 'method' | 'curve'> & { lines: (NonNullable<Cell['lines']> & { base?: number | null }) | null })[],
      options?: { since?: string; marks?: { seconds: number; text: string }[] },
    ) => string | null
  }
  'content-key.mjs': { contentHash: (paths: string[]) => string; contentHashOnce: () => (paths: string[]) => string; keyOf: (description: unknown) => string }
  'kept-cell.mjs': { keptCell: <T>(description: unknown, results: string, compute: (folder: string) => Promise<T | null>) => Promise<T | null> }
  'shift-ground.mjs': { truthWindow: (size: { rows: number; cols: number }, scale: number) => number[] | null }
  'shift-figures.mjs': {
    shiftFigures: (cell: ShiftCell) => { adopted: string; overBackProjection: Kept; overBicubic: Kept; overBase: Kept | null; angle: { promised: number; true: number }; best: string; regret: number }
  }
  'shift-tables.mjs': { shiftTable: (cells: ShiftCell[]) => string | null; shippedTable: (cells: ShiftCell[]) => string; statement: (cells: ShiftCell[]) => string }
  'shift-csv.mjs': { shiftCsv: (cells: ShiftCell[]) => string }
  'dacn.mjs': { dacn: (words: (string | number)[]) => Promise<unknown> }
}

/** A part of the accuracy bench: plain JavaScript, which TypeScript is told the shape of here. */
export async function accuracyPart<Name extends keyof Parts>(name: Name): Promise<Parts[Name]> {
  return (await import(pathToFileURL(join(projectRoot, 'scripts', 'accuracy', name)).href)) as Parts[Name]
}

/** All six indices, with the two that matter here given. */
export const quality = (psnr: number, samDegrees: number): Record<string, number> => ({ psnr, ssim: 0.9, samDegrees, correlation: 0.98, ergas: 4, rmse: 0.02 })

/** An estimate of `psnr` beside bicubic at 30 dB and back-projection at 31 dB. */
export const rowsOf = (psnr: number, samDegrees = 0.9): Row[] => [
  { name: 'estimate', quality: quality(psnr, samDegrees), consistencyDb: 96 },
  { name: 'bicubic', quality: quality(30, 1.2), consistencyDb: 43 },
  { name: 'back-projection', quality: quality(31, 1), consistencyDb: 180 },
  { name: 'nearest', quality: quality(29, 1.3), consistencyDb: null },
]

export function cell(scene: string, method: string, seed: number, psnr: number, changes: Partial<Cell> = {}): Cell {
  return { scene, scale: 2, method, seed, testPixels: 3600, seconds: 10 * seed, steps: 100, parameters: 321400, adopted: 'fine-tuned', curve: [], lines: null, coverage: null, rows: rowsOf(psnr), ...changes }
}
