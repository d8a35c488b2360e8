const SIDE = 256

/** Rows and columns of a scene's small picture. */
export function overviewSize({ rows, cols }: { rows: number; cols: number }): { rows: number; cols: number } {
  const reduction = Math.max(1, Math.max(rows, cols) / SIDE)
  return { rows: Math.max(1, Math.round(rows / reduction)), cols: Math.max(1, Math.round(cols / reduction)) }
}
