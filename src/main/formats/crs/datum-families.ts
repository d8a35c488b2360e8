/** A datum with its geographic system and its UTM zones in the EPSG registry. */
export interface DatumFamily {
  geographicEpsg: number
  /** EPSG code of UTM zone z = base + z, for zones first..last. */
  north: ZoneRange | null
  south: ZoneRange | null
  /** How `map info` of ENVI names the datum; the first is written, all are read (compared by `plainName`). */
  enviNames: string[]
  /** How OGC, WKT 2 and ESRI texts name the datum, compared by `plainName`. */
  wktNames: string[]
  semiMajorM: number
  inverseFlattening: number
}

interface ZoneRange {
  base: number
  first: number
  last: number
}

const GRS80 = { semiMajorM: 6378137, inverseFlattening: 298.257222101 }

/** Source of the codes: EPSG registry (checked against PROJ in test/formats/crs.test.ts). */
export const DATUM_FAMILIES: readonly DatumFamily[] = [
  {
    geographicEpsg: 4326,
    north: { base: 32600, first: 1, last: 60 },
    south: { base: 32700, first: 1, last: 60 },
    enviNames: ['WGS-84', 'WGS 1984', 'D_WGS_1984', 'World Geodetic System 1984'],
    wktNames: ['WGS_1984', 'WGS 84', 'World Geodetic System 1984', 'World Geodetic System 1984 ensemble'],
    semiMajorM: 6378137,
    inverseFlattening: 298.257223563,
  },
  {
    geographicEpsg: 4322,
    north: { base: 32200, first: 1, last: 60 },
    south: { base: 32300, first: 1, last: 60 },
    enviNames: ['WGS-72'],
    wktNames: ['WGS_1972', 'WGS 72', 'World Geodetic System 1972'],
    semiMajorM: 6378135,
    inverseFlattening: 298.26,
  },
  {
    geographicEpsg: 4258,
    north: { base: 25800, first: 28, last: 38 },
    south: null,
    enviNames: ['ETRS-89', 'European Terrestrial Reference System 1989', 'D_ETRS_1989'],
    wktNames: [
      'European_Terrestrial_Reference_System_1989', 'ETRS_1989', 'ETRS89', 'European Terrestrial Reference System 1989 ensemble',
    ],
    ...GRS80,
  },
  {
    geographicEpsg: 4269,
    north: { base: 26900, first: 1, last: 23 },
    south: null,
    enviNames: ['North America 1983', 'NAD-83', 'NAD83', 'D_North_American_1983'],
    wktNames: ['North_American_Datum_1983', 'North_American_1983', 'NAD83'],
    ...GRS80,
  },
  {
    geographicEpsg: 4267,
    north: { base: 26700, first: 1, last: 22 },
    south: null,
    enviNames: ['North America 1927', 'NAD-27', 'NAD27', 'D_North_American_1927'],
    wktNames: ['North_American_Datum_1927', 'North_American_1927', 'NAD27'],
    semiMajorM: 6378206.4,
    inverseFlattening: 294.978698213898,
  },
  {
    geographicEpsg: 4230,
    north: { base: 23000, first: 28, last: 38 },
    south: null,
    enviNames: ['European 1950', 'D_European_1950'],
    wktNames: ['European_Datum_1950', 'European_1950', 'ED50'],
    semiMajorM: 6378388,
    inverseFlattening: 297,
  },
  {
    geographicEpsg: 4283,
    north: null,
    south: { base: 28300, first: 48, last: 58 },
    enviNames: ['GDA-94', 'Geocentric Datum of Australia 1994', 'D_GDA_1994'],
    wktNames: ['Geocentric_Datum_of_Australia_1994', 'GDA_1994', 'GDA94'],
    ...GRS80,
  },
  {
    geographicEpsg: 7844,
    north: null,
    south: { base: 7800, first: 46, last: 59 },
    enviNames: ['GDA2020', 'Geocentric Datum of Australia 2020', 'D_GDA2020'],
    wktNames: ['Geocentric_Datum_of_Australia_2020', 'GDA2020'],
    ...GRS80,
  },
  {
    geographicEpsg: 4674,
    north: { base: 31954, first: 11, last: 22 },
    south: { base: 31960, first: 17, last: 25 },
    enviNames: ['SIRGAS 2000', 'D_SIRGAS_2000'],
    wktNames: ['Sistema_de_Referencia_Geocentrico_para_las_AmericaS_2000', 'SIRGAS_2000'],
    ...GRS80,
  },
]

/** Letters and digits only, lower case, without ESRI's `D_`: spellings of one name become equal. */
export function plainName(name: string): string {
  return name.replace(/^D_/i, '').toLowerCase().replace(/[^a-z0-9]/g, '')
}

function indexBy(names: (family: DatumFamily) => string[]): Map<string, DatumFamily> {
  return new Map(DATUM_FAMILIES.flatMap((family) => names(family).map((name) => [plainName(name), family] as const)))
}

export const FAMILY_BY_WKT_NAME = indexBy((family) => family.wktNames)
export const FAMILY_BY_ENVI_NAME = indexBy((family) => family.enviNames)

export interface UtmZone {
  family: DatumFamily
  zone: number
  hemisphere: 'North' | 'South'
}

/** EPSG code of a UTM zone, or null where the registry has none for the datum. */
export function epsgOfUtm({ family, zone, hemisphere }: UtmZone): number | null {
  const range = hemisphere === 'North' ? family.north : family.south
  return range !== null && zone >= range.first && zone <= range.last ? range.base + zone : null
}

/** The UTM zone that an EPSG code stands for, or null. */
export function utmOfEpsg(code: number): UtmZone | null {
  for (const family of DATUM_FAMILIES) {
    for (const hemisphere of ['North', 'South'] as const) {
      const range = hemisphere === 'North' ? family.north : family.south
      const zone = range === null ? 0 : code - range.base
      if (range !== null && zone >= range.first && zone <= range.last) return { family, zone, hemisphere }
    }
  }
  return null
}
