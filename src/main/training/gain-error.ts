import type { PieceErrors } from './piece-errors'

/**
 * Standard error, in dB, of the gain in PSNR (mean over bands) of `ours` over `theirs` on the same pieces of ground: the
 * jackknife (Quenouille 1956, Tukey 1958) that leaves out one piece at a time. Pairing keeps out what is common to both:
 * ground that is hard for one is hard for the other. null with fewer than two pieces or where a method makes no error.
 */
export function gainError(ours: PieceErrors, theirs: PieceErrors): number | null {
  const gains = leaveOneOut(ours, theirs)
  const { length } = gains
  if (length < 2 || gains.some((gain) => !Number.isFinite(gain))) return null
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / length
  return Math.sqrt(((length - 1) / length) * gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0))
}

/** Standard error of the mean of gains on separate scenes; null where one is not known. */
export function errorOfMean(errors: readonly (number | null)[]): number | null {
  let sum = 0
  for (const error of errors) {
    if (error === null) return null
    sum += error * error
  }
  return Math.sqrt(sum) / errors.length
}

/** The gain without each of the pieces. */
function leaveOneOut(ours: PieceErrors, theirs: PieceErrors): number[] {
  const { bands } = ours
  const [all, others] = [bandSums(ours), bandSums(theirs)]
  const pieces = Array.from({ length: ours.squares.length / bands }, (_, piece) => piece)
  return pieces.filter((piece) => holdsValues(ours, piece)).map((piece) => {
    let [sum, count] = [0, 0]
    for (let band = 0; band < bands; band++) {
      if (all[band] === 0 || others[band] === 0) continue
      const at = piece * bands + band
      sum += 10 * Math.log10(((others[band] as number) - (theirs.squares[at] as number)) / ((all[band] as number) - (ours.squares[at] as number)))
      count++
    }
    return sum / count
  })
}

/** A piece of missing pixels is no sample of anything. */
function holdsValues({ bands, counts }: PieceErrors, piece: number): boolean {
  return counts.subarray(piece * bands, (piece + 1) * bands).some((count) => count > 0)
}

function bandSums({ bands, squares }: PieceErrors): Float64Array {
  const sums = new Float64Array(bands)
  for (let i = 0; i < squares.length; i++) sums[i % bands] = (sums[i % bands] as number) + (squares[i] as number)
  return sums
}
