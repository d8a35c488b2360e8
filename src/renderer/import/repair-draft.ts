import { formatBandList, parseBandList, type BandList } from '../shared/band-list'
import { listedWavelengths } from './listed-wavelengths'
import type { SceneFacts, SceneRepairs } from './types'

/** What the wavelengths of the file are taken for. */
export type WavelengthChoice = 'as-read' | 'um' | 'nm' | 'none'

/** The repairs as they stand in the form. */
export interface RepairDraft {
  wavelength: WavelengthChoice
  nodata: 'as-read' | 'value' | 'none'
  /** As typed; counts while `nodata` is 'value'. */
  nodataValue: string
  /** Bands and ranges as typed, counted from 1; empty = no band is bad. */
  badBands: string
}

/** The first thing in a draft that can't be read. */
export type DraftProblem =
  | { field: 'nodata' }
  | { field: 'bad-bands'; problem: Extract<BandList, { problem: string }>['problem'] | 'all'; part: string }

/** Nothing repaired: the form of a scene with the facts that are in the file. */
export function draftAsRead(asRead: SceneFacts): RepairDraft {
  return { wavelength: 'as-read', nodata: 'as-read', nodataValue: '', badBands: formatBandList(badBandsOf(asRead)) }
}

/** What the unit can be changed to: nothing without wavelengths, no unit where the file's own numbers are not known. */
export function wavelengthChoices(asRead: SceneFacts): WavelengthChoice[] {
  const units: WavelengthChoice[] = listedWavelengths(asRead) === null ? [] : ['um', 'nm']
  const none: WavelengthChoice[] = asRead.wavelengthNm === null ? [] : ['none']
  return [...(units.length + none.length > 0 ? ['as-read' as const] : []), ...units, ...none]
}

/** The draft for main, only what differs from the file; or what is wrong with it. */
export function repairsOf(draft: RepairDraft, asRead: SceneFacts): { repairs: SceneRepairs } | { problem: DraftProblem } {
  const repairs: SceneRepairs = {}
  if (draft.wavelength === 'none') repairs.wavelengthNm = null
  else if (draft.wavelength !== 'as-read') {
    const listed = listedWavelengths(asRead)
    if (listed !== null) repairs.wavelengthNm = listed.map((value) => inNm(value, draft.wavelength === 'um'))
  }
  if (draft.nodata === 'none') repairs.nodata = null
  else if (draft.nodata === 'value') {
    const nodata = readNumber(draft.nodataValue)
    if (nodata === null) return { problem: { field: 'nodata' } }
    repairs.nodata = nodata
  }
  const list = parseBandList(draft.badBands, asRead.bands)
  if ('problem' in list && list.problem !== 'empty') return { problem: { field: 'bad-bands', ...list } }
  const bad = 'bands' in list ? list.bands : []
  if (bad.join() !== badBandsOf(asRead).join()) {
    if (bad.length === asRead.bands) return { problem: { field: 'bad-bands', problem: 'all', part: '' } }
    const isBad = new Set(bad)
    repairs.badBands = asRead.badBands.map((_, band) => isBad.has(band))
  }
  return { repairs }
}

/** Notices that these repairs can answer. */
const SUGGESTING = new Set([
  'wavelength-units-guessed', 'wavelength-units-mixed', 'wavelengths-dropped',
  'nodata-ignored', 'ignore-value-unreadable', 'mask-ignored', 'bbl-not-binary',
])

/** Whether a notice speaks of something that a repair could set right. */
export function doubtful({ code, message }: SceneFacts['notices'][number]): boolean {
  return SUGGESTING.has(code) || (code.startsWith('list-') && message.includes("'bbl'"))
}

function badBandsOf({ badBands }: SceneFacts): number[] {
  return badBands.flatMap((isBad, band) => (isBad ? [band] : []))
}

/** Without the digits that a product of decimal fractions gains. */
function inNm(value: number, isMicrometres: boolean): number {
  return isMicrometres ? Number((value * 1000).toPrecision(12)) : value
}

/** −9999, 1e-3 and 0,5 as people type them; null for anything else. */
function readNumber(typed: string): number | null {
  const plain = typed.trim().replace('−', '-').replace(/^([+-]?\d+),(\d+)$/, '$1.$2')
  const value = Number(plain)
  return plain === '' || !Number.isFinite(value) ? null : value
}
