import { shiftCellOf } from './shift-cell.mjs'
import { shiftCsv } from './shift-csv.mjs'
import { gainIn, shiftFigures } from './shift-figures.mjs'
import { shiftTable, shippedTable, statement } from './shift-tables.mjs'

/**
 * Degrades every scene to what a user would have, improves that with one click and compares with the scene: what of the
 * gain measured one scale coarser survives at the scale of use.
 * @param {import('./split-protocol.mjs').Settings} settings @param {import('./cell.mjs').Where} where @returns {import('./split-protocol.mjs').Protocol}
 */
export function shiftProtocol({ scenes, scales, seeds, minutes }, where) {
  const wanted = Array.from({ length: seeds }, (_, run) => run + 1).flatMap((seed) => scales.flatMap((scale) => scenes.map((scene) => ({
    name: `${scene.name} ${scale}x, seed ${seed}`, compute: () => shiftCellOf({ scene, scale, seed, minutes }, where),
  }))))
  return { name: 'scale-shift', wanted, upshot, report: (cells) => ({ parts: parts(cells, scales), csv: shiftCsv(cells), files: {}, note: 'scenes degraded twice' }) }
}

function upshot(cell) {
  const shipped = `shipped weights ${gainIn(cell.base.coarse, 'back-projection').toFixed(2)} dB coarser, ${gainIn(cell.base.fine, 'back-projection').toFixed(2)} here`
  if (cell.verdict === null) return `${cell.refusal} ${shipped}`
  const { adopted, overBackProjection: { promised, true: came } } = shiftFigures(cell)
  return `${adopted}, ${promised.toFixed(2)} dB over back-projection promised, ${came.toFixed(2)} came true; ${shipped}; ${cell.seconds.toFixed(0)} s`
}

function parts(cells, scales) {
  return scales.flatMap((scale) => {
    const of = cells.filter((cell) => cell.scale === scale)
    if (of.length === 0) return []
    const table = shiftTable(of)
    return [`## ${scale}x`, statement(of), ...(table === null ? [] : ['### One click', table]), '### Shipped weights as they are', shippedTable(of)]
  })
}
