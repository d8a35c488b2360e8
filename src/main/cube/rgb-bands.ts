const RED_GREEN_BLUE_NM = [640, 550, 460] as const
/** Farther than this from its colour a band shows something else. */
const MAX_DISTANCE_NM = 60

/**
 * 0-based bands to show as red, green and blue: those nearest to 640, 550 and 460 nm where the wavelengths reach all three
 * (within 60 nm), else the three that the source proposes, else those at 3/4, 1/2 and 1/4 of the band range. Of the first
 * and the last only `usable` bands are taken, where there are any. One band serves thrice in a scene of one band.
 */
export function rgbBands(
  wavelengthNm: readonly number[] | null, bands: number, defaultBands: readonly number[] | null, usable: (band: number) => boolean = () => true,
): [number, number, number] {
  if (wavelengthNm !== null) {
    const nearest = RED_GREEN_BLUE_NM.map((nm) => nearestBand(wavelengthNm, nm, usable))
    const [red, green, blue] = nearest
    if (red != null && green != null && blue != null) return [red, green, blue]
  }
  const [red, green, blue] = defaultBands ?? []
  if (red !== undefined && green !== undefined && blue !== undefined && [red, green, blue].every((band) => band >= 0 && band < bands)) {
    return [red, green, blue]
  }
  const at = (share: number): number => nearestUsable(Math.min(bands - 1, Math.floor(bands * share)), bands, usable)
  return [at(3 / 4), at(1 / 2), at(1 / 4)]
}

/** `band` itself or the nearest usable one; `band` when there is none. */
function nearestUsable(band: number, bands: number, usable: (band: number) => boolean): number {
  for (let distance = 0; distance < bands; distance++) {
    for (const candidate of [band - distance, band + distance]) {
      if (candidate >= 0 && candidate < bands && usable(candidate)) return candidate
    }
  }
  return band
}

function nearestBand(wavelengthNm: readonly number[], nm: number, usable: (band: number) => boolean): number | null {
  let best: number | null = null
  let distance = MAX_DISTANCE_NM
  wavelengthNm.forEach((value, band) => {
    if (usable(band) && Math.abs(value - nm) < distance) {
      distance = Math.abs(value - nm)
      best = band
    }
  })
  return best
}
