/** Tag numbers of TIFF 6.0, GeoTIFF 1.1 and GDAL's private tags that are read or written here. */
export const TAG = {
  newSubfileType: 254,
  imageWidth: 256,
  imageLength: 257,
  bitsPerSample: 258,
  compression: 259,
  photometric: 262,
  fillOrder: 266,
  imageDescription: 270,
  stripOffsets: 273,
  orientation: 274,
  samplesPerPixel: 277,
  rowsPerStrip: 278,
  stripByteCounts: 279,
  xResolution: 282,
  yResolution: 283,
  planarConfiguration: 284,
  resolutionUnit: 296,
  software: 305,
  dateTime: 306,
  artist: 315,
  predictor: 317,
  colorMap: 320,
  tileWidth: 322,
  tileLength: 323,
  tileOffsets: 324,
  tileByteCounts: 325,
  extraSamples: 338,
  sampleFormat: 339,
  jpegTables: 347,
  copyright: 33432,
  modelPixelScale: 33550,
  modelTiepoint: 33922,
  modelTransformation: 34264,
  geoKeyDirectory: 34735,
  geoDoubleParams: 34736,
  geoAsciiParams: 34737,
  gdalMetadata: 42112,
  gdalNodata: 42113,
  rpcCoefficients: 50844,
} as const

/** ASCII tags that are carried from source to output. */
export const TEXT_TAGS: readonly number[] = [TAG.imageDescription, TAG.software, TAG.dateTime, TAG.artist, TAG.copyright]

/** Field types; the last three exist in BigTIFF only. */
export const FIELD = {
  byte: 1,
  ascii: 2,
  short: 3,
  long: 4,
  rational: 5,
  sbyte: 6,
  undefined: 7,
  sshort: 8,
  slong: 9,
  srational: 10,
  float: 11,
  double: 12,
  ifd: 13,
  long8: 16,
  slong8: 17,
  ifd8: 18,
} as const

/** Bytes of one value of each field type. */
export const FIELD_BYTES: Readonly<Record<number, number>> = {
  [FIELD.byte]: 1,
  [FIELD.ascii]: 1,
  [FIELD.short]: 2,
  [FIELD.long]: 4,
  [FIELD.rational]: 8,
  [FIELD.sbyte]: 1,
  [FIELD.undefined]: 1,
  [FIELD.sshort]: 2,
  [FIELD.slong]: 4,
  [FIELD.srational]: 8,
  [FIELD.float]: 4,
  [FIELD.double]: 8,
  [FIELD.ifd]: 4,
  [FIELD.long8]: 8,
  [FIELD.slong8]: 8,
  [FIELD.ifd8]: 8,
}

export const COMPRESSION = {
  none: 1,
  lzw: 5,
  oldJpeg: 6,
  jpeg: 7,
  deflate: 8,
  packBits: 32773,
  oldDeflate: 32946,
  zstd: 50000,
} as const

export const PREDICTOR = { none: 1, horizontal: 2, floatingPoint: 3 } as const

export const SAMPLE_FORMAT = { unsigned: 1, signed: 2, float: 3, undefined: 4, complexInteger: 5, complexFloat: 6 } as const

export const PLANAR = { contiguous: 1, separate: 2 } as const

export const PHOTOMETRIC = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, mask: 4, separated: 5, yCbCr: 6 } as const

/** Bits of NewSubfileType. */
export const SUBFILE = { reduced: 1, mask: 4 } as const

/** GeoTIFF key ids that the structure of a file depends on; all others belong to the coordinate system. */
export const GEO_KEY = { modelType: 1024, rasterType: 1025 } as const

/** Values of the raster type key. */
export const RASTER_TYPE = { pixelIsArea: 1, pixelIsPoint: 2 } as const
