import { formatNumber } from '../shared/format'
import { distinct } from '../shared/map/scene-layer'
import { text } from '../text'
import type { SceneFacts } from './types'
import { wavelengthColour } from './wavelength-colour'

/** A band as people choose it. */
export interface BandOption {
  /** 0-based. */
  value: number
  label: string
  /** How its light looks; null outside of the visible. */
  color: string | null
  bad: boolean
}

type Named = Pick<SceneFacts, 'bands' | 'wavelengthNm' | 'bandNames' | 'badBands'>

/** Near-infrared, red and green as they are shown in red, green and blue. */
const INFRARED_NM = [860, 650, 550] as const
const NATURAL_NM = [640, 550, 460] as const
/** A band farther away shows something else. */
const MOST_NM = 40

/** 'Band 12 · 652.4 nm'; the band's name where there is no wavelength. */
export function bandLabel({ wavelengthNm, bandNames }: Named, band: number): string {
  const nm = wavelengthNm?.[band]
  const name = nm === undefined ? bandNames?.[band]?.trim() : text.viewer.display.nanometres(formatNumber(nm))
  const number = text.viewer.display.band(band + 1)
  return name === undefined || name === '' || name === number ? number : `${number} · ${name}`
}

/** All bands in the order of the file. */
export function bandOptions(facts: Named): BandOption[] {
  return Array.from({ length: facts.bands }, (_, band) => {
    const nm = facts.wavelengthNm?.[band]
    return { value: band, label: bandLabel(facts, band), color: nm === undefined ? null : wavelengthColour(nm), bad: facts.badBands[band] === true }
  })
}

/** Whether what is typed means this band: part of its label, its number, or a wavelength within 5 nm. */
export function matchesBand(typed: string, band: number, label: string, nm: number | undefined): boolean {
  const wanted = typed.trim().toLowerCase()
  const number = Number(wanted.replace(',', '.'))
  return label.toLowerCase().includes(wanted) || number === band + 1 || (nm !== undefined && Math.abs(nm - number) <= 5)
}

/** Bands of the presets: those that the file proposes, and whether they look natural; infrared null where the scene has none that would do. */
export function presetBands(facts: Named & Pick<SceneFacts, 'rgb'>): { proposed: number[]; isNatural: boolean; infrared: number[] | null } {
  const { rgb, wavelengthNm } = facts
  const found = INFRARED_NM.map((nm) => goodBandNear(facts, nm))
  const isNatural = wavelengthNm !== null && rgb.every((band, index) => Math.abs((wavelengthNm[band] as number) - (NATURAL_NM[index] as number)) <= MOST_NM)
  return { proposed: distinct(rgb), isNatural, infrared: found.includes(null) ? null : (found as number[]) }
}

function goodBandNear({ wavelengthNm, badBands }: Named, wanted: number): number | null {
  if (wavelengthNm === null) return null
  const distance = (band: number): number => Math.abs((wavelengthNm[band] as number) - wanted)
  const near = wavelengthNm.map((_, band) => band).filter((band) => badBands[band] !== true && distance(band) <= MOST_NM)
  return near.length === 0 ? null : near.reduce((best, band) => (distance(band) < distance(best) ? band : best))
}
