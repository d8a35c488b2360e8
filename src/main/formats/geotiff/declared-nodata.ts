import type { Notice } from '../../cube/cube-header'
import { canHold, type SampleType } from '../../cube/sample-type'

interface DeclaredNodata {
  /** As declared; null when nothing usable is. */
  value: number | null
  notice: Notice | null
}

/** The nodata text of tag 42113 (or of ENVI's `data ignore value`). A value that no sample of the type can have is dropped with a notice. */
export function declaredNodata(text: string | null, type: SampleType): DeclaredNodata {
  if (text === null || text.trim() === '') return { value: null, notice: null }
  const value = numberOf(text.trim().toLowerCase())
  if (value !== null && canHold(type, value)) return { value, notice: null }
  return {
    value: null,
    notice: { code: 'nodata-ignored', message: `The declared nodata value '${text.trim().slice(0, 40)}' can't occur in ${type} samples; it was left out.` },
  }
}

function numberOf(text: string): number | null {
  if (/^[+-]?(nan|1\.#(qnan|ind)0*)$/.test(text)) return NaN
  const infinite = /^([+-]?)inf(inity)?$/.exec(text)
  if (infinite !== null) return infinite[1] === '-' ? -Infinity : Infinity
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(text) ? Number(text) : null
}
