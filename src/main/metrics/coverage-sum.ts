/** How often errors are as small as they were expected to be. */
export interface ErrorCoverage {
  /** Pixels with an error and an expected one. */
  pixels: number
  /** Share of them whose error is at most the expected one, NaN when there are none. */
  withinOne: number
  /** Share whose error is at most twice that. */
  withinTwo: number
}

/** Counts pixels whose error, root mean square over the bands, is at most the expected one; cubes are fed in strips. */
export class CoverageSum {
  private readonly counts = { fed: 0, pixels: 0, one: 0, two: 0 }

  /** `expected` = error of each pixel [rows, cols] in the unit of the cubes, NaN where it is not told. */
  constructor(private readonly bands: number, private readonly expected: Float32Array) {}

  /** Adds the next pixels [pixels, bands] of the two cubes; those with NaN are left out. */
  add(reference: Float32Array, estimate: Float32Array): void {
    const { counts, bands } = this
    for (let start = 0; start < reference.length; start += bands) {
      let squares = 0
      for (let i = start; i < start + bands; i++) squares += ((reference[i] as number) - (estimate[i] as number)) ** 2
      const error = Math.sqrt(squares / bands)
      const expected = this.expected[counts.fed++] as number
      if (Number.isNaN(error) || Number.isNaN(expected)) continue
      counts.pixels++
      if (error <= expected) counts.one++
      if (error <= 2 * expected) counts.two++
    }
  }

  get coverage(): ErrorCoverage {
    const { pixels, one, two } = this.counts
    return { pixels, withinOne: one / pixels, withinTwo: two / pixels }
  }
}
