/** The middle value, or the mean of the two middle ones; NaN of nothing. @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length === 0 ? NaN : sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** The value below which `share` (0..1) of `values` lie, the nearest one; NaN of nothing. @param {readonly number[]} values @param {number} share */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
}

/**
 * Several runs of one case as one: the median of every number, of each field by itself. Fields that are not numbers are
 * left out.
 * @param {readonly Record<string, unknown>[]} runs
 * @returns {Record<string, number>}
 */
export function medianRun(runs) {
  const names = Object.keys(runs[0] ?? {}).filter((name) => typeof runs[0][name] === 'number')
  return Object.fromEntries(names.map((name) => [name, median(runs.map((run) => run[name]))]))
}

/**
 * How far `estimate` is from `reference`, in dB: energy of the reference over energy of the difference. Infinity when equal.
 * @param {Float32Array} reference @param {Float32Array} estimate of the same length
 */
export function signalToNoiseDb(reference, estimate) {
  if (reference.length !== estimate.length) throw new Error(`${reference.length} values can't be compared with ${estimate.length}`)
  let signal = 0
  let noise = 0
  for (let i = 0; i < reference.length; i++) {
    signal += reference[i] ** 2
    noise += (reference[i] - estimate[i]) ** 2
  }
  return noise === 0 ? Infinity : 10 * Math.log10(signal / noise)
}

/**
 * Runs `first` and `second` in turn, A B A B, so that a machine that slows down slows both.
 * @template T @param {number} rounds @param {() => Promise<T>} first @param {(() => Promise<T>) | null} second null = none
 * @returns {Promise<[T[], T[]]>}
 */
export async function interleaved(rounds, first, second) {
  const results = [[], []]
  for (let round = 0; round < rounds; round++) {
    results[0].push(await first())
    if (second !== null) results[1].push(await second())
  }
  return results
}
