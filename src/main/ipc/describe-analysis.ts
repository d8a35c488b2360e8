import type { Analysis } from '../jobs/analysis-spec'

/** What an analysis is called in lists, and in the names of files. */
export function describeAnalysis(analysis: Analysis): { name: string; file: string } {
  switch (analysis.kind) {
    case 'spectral-angle': {
      const { row, col, rows, cols } = analysis.window
      const place = rows * cols === 1 ? `row ${row + 1}, column ${col + 1}` : `${cols} x ${rows} pixels from row ${row + 1}, column ${col + 1}`
      return { name: `Angle to ${place}`, file: 'spectral-angle' }
    }
    case 'consistency': return { name: 'Consistency', file: 'consistency' }
    case 'bicubic-angle': return { name: 'Angle to bicubic', file: 'bicubic-angle' }
    case 'formula': return { name: analysis.label ?? analysis.formula.trim().slice(0, 60), file: analysis.label?.toLowerCase().replace(/[^a-z0-9]+/g, '-') ?? 'formula' }
    case 'components': return { name: 'Principal components', file: 'components' }
  }
}
