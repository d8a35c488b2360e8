/** The values of some bands of a spectrum; none while there is no spectrum. */
export function bandValues(spectrum: Float32Array | null, bands: readonly number[]): number[] {
  return spectrum === null ? [] : bands.map((band) => spectrum[band] ?? NaN)
}
