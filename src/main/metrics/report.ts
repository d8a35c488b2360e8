import { StudioError } from '../common/errors'
import type { Image } from '../cube/image'
import { bandGroups, type Convention } from './conventions'
import { CoverageSum, type ErrorCoverage } from './coverage-sum'
import { bandsOf, PairSums } from './pair-sums'
import { meanBandPsnr } from './psnr'
import { QualitySum, type Quality } from './quality-sum'

export interface NamedImage {
  name: string
  image: Image
}

export interface EvaluateOptions {
  /** The truth [rows, cols, bands]. */
  reference: Image
  /** The result to judge, of the same size. */
  estimate: Image
  /** Spatial factor between the low-resolution input and the result; ERGAS needs it. */
  scale: number
  convention: Convention
  /** Declared data range: peak of PSNR, range of SSIM, unit of RMSE ('standard'). Default: the reference's maximum - minimum. */
  dataRange?: number
  /** Other results to judge on the same pixels, best bicubic and back-projected bicubic. */
  others?: readonly NamedImage[]
  /** The low-resolution input and how it is made from a result, for the consistency of each. */
  input?: { lowRes: Image; degrade: (estimate: Image) => Image; kernel: string }
  /** The error that each pixel of the estimate was expected to have, [rows, cols, 1], root mean square over bands in the unit of the cubes; NaN where it isn't told. */
  expectedError?: Image
}

export interface ReportRow {
  name: string
  quality: Quality
  /** PSNR in dB between the low-resolution input and the degraded result; null when the input was not given. */
  consistencyDb: number | null
}

export interface QualityReport {
  convention: Convention
  scale: number
  dataRange: number
  dataRangeDeclared: boolean
  kernel: string | null
  bands: number
  /** Bands that enter the indices: neither empty nor outside the convention's groups. */
  judgedBands: number
  pixels: number
  /** Pixels that enter the indices: valid in every usable band of the reference and of all results. */
  validPixels: number
  /** Indices of the estimate: those of the first row. */
  quality: Quality
  /** The estimate, then the others. */
  rows: ReportRow[]
  /** How often the expected errors held; null when they were not given. */
  coverage: ErrorCoverage | null
}

/** Values of a strip of rows while the indices are gathered. */
const STRIP_VALUES = 1 << 20

/**
 * Judges a result, and others beside it, on exactly the same pixels and bands: a band that is empty in any cube and a
 * pixel that is missing in any remaining band are left out for all. Memory: a few strips of rows besides the cubes;
 * for scenes beyond memory feed a `QualitySum` strip by strip.
 * Errors: 'mismatch' when sizes differ; 'invalid-argument' when no valid pixel is common to all.
 */
export function evaluate(options: EvaluateOptions): QualityReport {
  const { reference, estimate, scale, convention, others = [], input, expectedError } = options
  const candidates: NamedImage[] = [{ name: 'estimate', image: estimate }, ...others]
  for (const { name, image } of candidates) assertSameSize(name, image, reference)
  const cubes = [reference, ...candidates.map(({ image }) => image)]
  const usable = usableBands(cubes)
  const strips = new Strips(reference, usable)
  const valid = validPixels(cubes, usable)
  const validCount = valid.reduce((sum, value) => sum + value, 0)
  if (validCount === 0) {
    throw new StudioError('invalid-argument', 'Reference and result have no valid pixel in common.', { remedy: 'Check the nodata values of both files.' })
  }
  const truth = new PairSums(usable.length)
  strips.each([reference], valid, ([values]) => { truth.add(values as Float32Array, values as Float32Array) })
  const whole = truth.referenceRange({ first: 0, end: usable.length })
  const dataRange = options.dataRange ?? (whole.largest > whole.smallest ? whole.largest - whole.smallest : 1)
  const groups = bandGroups(convention, usable.length)
  const groupRanges = groups.map((group) => {
    const { smallest, largest } = truth.referenceRange(group)
    return largest - smallest
  })
  const rows = candidates.map(({ name, image }): ReportRow => {
    const sum = new QualitySum({ cols: reference.cols, bands: usable.length, scale, convention, dataRange, groupRanges })
    strips.each([reference, image], valid, ([p, q]) => { sum.add(p as Float32Array, q as Float32Array) })
    return { name, quality: sum.quality, consistencyDb: input === undefined ? null : consistency(input.lowRes, input.degrade(image), dataRange) }
  })
  let coverage: ErrorCoverage | null = null
  if (expectedError !== undefined) {
    const sum = new CoverageSum(usable.length, expectedError.data)
    strips.each([reference, estimate], valid, ([p, q]) => { sum.add(p as Float32Array, q as Float32Array) })
    coverage = sum.coverage
  }
  return {
    convention,
    scale,
    dataRange,
    dataRangeDeclared: options.dataRange !== undefined,
    kernel: input?.kernel ?? null,
    bands: reference.bands,
    judgedBands: Math.max(...groups.map(({ end }) => end)),
    pixels: reference.rows * reference.cols,
    validPixels: validCount,
    quality: (rows[0] as ReportRow).quality,
    rows,
    coverage,
  }
}

function assertSameSize(name: string, image: Image, reference: Image): void {
  if (image.rows === reference.rows && image.cols === reference.cols && image.bands === reference.bands) return
  const size = ({ rows, cols, bands }: Image): string => `${rows} x ${cols} pixels in ${bands} bands`
  throw new StudioError('mismatch', `The ${name} has ${size(image)}, the reference ${size(reference)}.`, {
    remedy: 'Cut or upscale one of them so that both cover the same pixels and bands.',
  })
}

function consistency(lowRes: Image, degraded: Image, dataRange: number): number {
  assertSameSize('degraded result', degraded, lowRes)
  const sums = new PairSums(lowRes.bands)
  sums.add(lowRes.data, degraded.data)
  return meanBandPsnr(sums, bandsOf({ first: 0, end: lowRes.bands }), dataRange)
}

function usableBands(cubes: readonly Image[]): number[] {
  const { bands } = cubes[0] as Image
  const usable = Array.from({ length: bands }, (_, band) => band)
  return cubes.reduce((left, { data }) => left.filter((band) => {
    for (let i = band; i < data.length; i += bands) if (!Number.isNaN(data[i])) return true
    return false
  }), usable)
}

function validPixels(cubes: readonly Image[], usable: readonly number[]): Uint8Array {
  const { rows, cols, bands } = cubes[0] as Image
  const valid = new Uint8Array(rows * cols).fill(usable.length > 0 ? 1 : 0)
  for (const { data } of cubes) {
    for (let pixel = 0; pixel < valid.length; pixel++) {
      if (valid[pixel] === 1 && usable.some((band) => Number.isNaN(data[pixel * bands + band]))) valid[pixel] = 0
    }
  }
  return valid
}

/** Hands out cubes in strips of rows, usable bands only, pixels that don't count as NaN. */
class Strips {
  constructor(private readonly size: Image, private readonly usable: readonly number[]) {}

  each(cubes: readonly Image[], valid: Uint8Array, visit: (strips: Float32Array[]) => void): void {
    const { rows, cols } = this.size
    const step = Math.max(1, Math.floor(STRIP_VALUES / (cols * this.usable.length)))
    for (let row = 0; row < rows; row += step) {
      const [first, end] = [row * cols, Math.min(rows, row + step) * cols]
      visit(cubes.map((cube) => this.strip(cube, first, end, valid)))
    }
  }

  private strip({ data, bands }: Image, first: number, end: number, valid: Uint8Array): Float32Array {
    const { usable } = this
    const out = new Float32Array((end - first) * usable.length)
    for (let pixel = first, to = 0; pixel < end; pixel++) {
      for (const band of usable) out[to++] = valid[pixel] === 1 ? (data[pixel * bands + band] as number) : NaN
    }
    return out
  }
}
