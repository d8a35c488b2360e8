export type SpectrumForm = 'values' | 'continuum' | 'derivative'

/** A spectrum in another form, the same length as `x`, which ascends; gaps stay gaps. */
export function transformed(form: SpectrumForm, x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  switch (form) {
    case 'values': return Float64Array.from(y)
    case 'continuum': return removeContinuum(x, y)
    case 'derivative': return firstDerivative(x, y)
  }
}

/**
 * The spectrum divided by its continuum, the upper convex hull of its valid points (Clark & Roush 1984): 1 on the hull, less
 * in absorptions. NaN at gaps and where the hull is not positive.
 */
export function removeContinuum(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const hull: number[] = []
  for (let i = 0; i < x.length; i++) {
    if (!Number.isFinite(y[i])) continue
    // a point on or below the line from its neighbour to the new one is not on the hull
    while (hull.length >= 2 && turn(x, y, hull[hull.length - 2] as number, hull[hull.length - 1] as number, i) >= 0) hull.pop()
    hull.push(i)
  }
  const removed = new Float64Array(x.length).fill(NaN)
  for (let segment = 0; segment < hull.length; segment++) {
    const [from, to] = [hull[segment] as number, hull[segment + 1] ?? (hull[segment] as number)]
    for (let i = from; i <= to; i++) {
      const width = (x[to] as number) - (x[from] as number)
      const share = width === 0 ? 0 : ((x[i] as number) - (x[from] as number)) / width
      const line = (y[from] as number) + share * ((y[to] as number) - (y[from] as number))
      removed[i] = line > 0 ? (y[i] as number) / line : NaN
    }
  }
  return removed
}

/** Positive when the way from point p over q to r turns to the left. */
function turn(x: ArrayLike<number>, y: ArrayLike<number>, p: number, q: number, r: number): number {
  const at = (points: ArrayLike<number>, i: number): number => points[i] as number
  return (at(x, q) - at(x, p)) * (at(y, r) - at(y, p)) - (at(y, q) - at(y, p)) * (at(x, r) - at(x, p))
}

/**
 * Slope at every point, exact for parabolas on unequal spacing, one-sided at the ends of each stretch without gaps (as numpy's
 * gradient). NaN for a point that stands alone.
 */
export function firstDerivative(x: ArrayLike<number>, y: ArrayLike<number>): Float64Array {
  const slopes = new Float64Array(x.length).fill(NaN)
  const slope = (i: number, j: number): number => ((y[j] as number) - (y[i] as number)) / ((x[j] as number) - (x[i] as number))
  const joined = (i: number): boolean => i >= 0 && i + 1 < x.length && Number.isFinite(y[i]) && Number.isFinite(y[i + 1]) && (x[i + 1] as number) > (x[i] as number)
  for (let i = 0; i < x.length; i++) {
    const [before, after] = [joined(i - 1), joined(i)]
    if (before && after) {
      const [left, right] = [(x[i] as number) - (x[i - 1] as number), (x[i + 1] as number) - (x[i] as number)]
      slopes[i] = (right * slope(i - 1, i) + left * slope(i, i + 1)) / (left + right)
    } else if (before) {
      slopes[i] = slope(i - 1, i)
    } else if (after) {
      slopes[i] = slope(i, i + 1)
    }
  }
  return slopes
}
