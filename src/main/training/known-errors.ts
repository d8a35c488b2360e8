import type { Image } from '../cube/image'
import type { PrincipalComponents } from '../dataset/principal-components'
import type { ErrorSigns } from '../inference/error-signs'

/**
 * Low-resolution pixels of a held-out block whose result can be compared with truth: their signs and what the error was,
 * all as shares of the scene's mean variance.
 */
export interface KnownErrors extends ErrorSigns {
  /** Mean squared error over the bands and the fine pixels inside, one entry a low-resolution pixel. */
  squared: Float32Array
  /** Mean squared error over the bands of each fine pixel, `fineCount` entries a low-resolution pixel; NaN = no truth. */
  fine: Float32Array
  fineCount: number
}

/**
 * What the errors of `estimate` against `reference`, both [rows, cols, bands], came to where `signs` were known. Pixels
 * without truth are left out. Two halves are given, parted across the longer side: what is fitted on one can be tried on the other.
 */
export function knownErrors(reference: Image, estimate: Image, signs: ErrorSigns, scale: number, principal: PrincipalComponents): [KnownErrors, KnownErrors] {
  const { rows, cols, bands } = reference
  const [down, across] = [rows / scale, cols / scale]
  const unit = principal.totalVariance / principal.bands
  const inHalf: [number[], number[]] = [[], []]
  for (let pixel = 0; pixel < down * across; pixel++) {
    const far = down >= across ? Math.floor(pixel / across) * 2 >= down : (pixel % across) * 2 >= across
    inHalf[far ? 1 : 0].push(pixel)
  }
  const of = (pixels: readonly number[]): KnownErrors => {
    const known: { spread: number[]; detail: number[]; squared: number[]; fine: number[] } = { spread: [], detail: [], squared: [], fine: [] }
    for (const pixel of pixels) {
      const fine = finePixels(pixel, across, scale, cols).map((at) => meanSquare(reference.data, estimate.data, at * bands, bands) / unit)
      const told = fine.filter((value) => !Number.isNaN(value))
      if (told.length === 0) continue
      known.spread.push(signs.spread[pixel] as number)
      known.detail.push(signs.detail[pixel] as number)
      known.squared.push(told.reduce((sum, value) => sum + value, 0) / told.length)
      known.fine.push(...fine)
    }
    return {
      spread: Float32Array.from(known.spread), detail: Float32Array.from(known.detail), squared: Float32Array.from(known.squared),
      fine: Float32Array.from(known.fine), fineCount: scale * scale,
    }
  }
  return [of(inHalf[0]), of(inHalf[1])]
}

/** All of `parts` as one. */
export function joinErrors(parts: readonly KnownErrors[]): KnownErrors {
  const all = (pick: (part: KnownErrors) => Float32Array): Float32Array => {
    const joined = new Float32Array(parts.reduce((sum, part) => sum + pick(part).length, 0))
    let at = 0
    for (const part of parts) {
      joined.set(pick(part), at)
      at += pick(part).length
    }
    return joined
  }
  return {
    spread: all(({ spread }) => spread), detail: all(({ detail }) => detail), squared: all(({ squared }) => squared),
    fine: all(({ fine }) => fine), fineCount: parts[0]?.fineCount ?? 1,
  }
}

/** Indices of the fine pixels inside a low-resolution pixel. */
function finePixels(pixel: number, across: number, scale: number, cols: number): number[] {
  const first = Math.floor(pixel / across) * scale * cols + (pixel % across) * scale
  return Array.from({ length: scale * scale }, (_, i) => first + Math.floor(i / scale) * cols + (i % scale))
}

function meanSquare(reference: Float32Array, estimate: Float32Array, from: number, bands: number): number {
  let [sum, count] = [0, 0]
  for (let i = from; i < from + bands; i++) {
    const error = (estimate[i] as number) - (reference[i] as number)
    if (Number.isNaN(error)) continue
    sum += error * error
    count++
  }
  return sum / count
}
