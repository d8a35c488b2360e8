import { listedWavelengths } from '../import/listed-wavelengths'
import { draftAsRead, type RepairDraft, type WavelengthChoice } from '../import/repair-draft'
import { formatBandList } from '../shared/band-list'
import type { SceneFacts, SceneRepairs } from './types'

/** The form of corrections that were made before: what `repairsOf` would turn into these repairs. */
export function draftOfRepairs(repairs: SceneRepairs, asRead: SceneFacts): RepairDraft {
  const draft = draftAsRead(asRead)
  if (repairs.wavelengthNm !== undefined) draft.wavelength = wavelengthChoice(repairs.wavelengthNm, asRead)
  if (repairs.nodata === null) draft.nodata = 'none'
  else if (repairs.nodata !== undefined) Object.assign(draft, { nodata: 'value', nodataValue: String(repairs.nodata) })
  if (repairs.badBands !== undefined) draft.badBands = formatBandList(repairs.badBands.flatMap((isBad, band) => (isBad ? [band] : [])))
  return draft
}

function wavelengthChoice(wavelengthNm: number[] | null, asRead: SceneFacts): WavelengthChoice {
  if (wavelengthNm === null) return 'none'
  return listedWavelengths(asRead)?.[0] === wavelengthNm[0] ? 'nm' : 'um'
}
