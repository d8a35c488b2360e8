import { bandGroups, type Convention } from './conventions'
import { meanBandCorrelation, pooledCorrelation } from './cross-correlation'
import { ergas } from './ergas'
import { definedMean, PairSums, varyingBands, type BandRange } from './pair-sums'
import { groupPsnr, meanBandPsnr } from './psnr'
import { groupRmse, scaledRmse } from './rmse'
import { SpectralAngleSum } from './sam'
import { gaussianWindow, SsimSum, uniformWindow } from './ssim'

/** The six indices; NaN where one is not defined (see each), PSNR Infinity for identical cubes. */
export interface Quality {
  /** dB */
  psnr: number
  ssim: number
  samDegrees: number
  correlation: number
  ergas: number
  /** In units of the peak. */
  rmse: number
}

export interface QualityOptions {
  cols: number
  bands: number
  scale: number
  convention: Convention
  /** Peak and SSIM range of the standard convention. */
  dataRange: number
  /** SSIM range of each of the paper's groups: the reference's maximum - minimum in its bands. Unused by 'standard'. */
  groupRanges: readonly number[]
}

/**
 * Gathers the six indices of two cubes from strips of rows, in one pass and bounded memory. NaN in either leaves a value
 * out; give both cubes the same gaps when several estimates are to be compared.
 */
export class QualitySum {
  private readonly groups: BandRange[]
  private readonly sums: PairSums
  private readonly angles: SpectralAngleSum[]
  /** One a group; groups overlap and have ranges of their own. */
  private readonly similarities: SsimSum[]

  constructor(private readonly options: QualityOptions) {
    const { cols, bands, convention } = options
    this.groups = bandGroups(convention, bands)
    this.sums = new PairSums(bands)
    this.angles = this.groups.map((group) => new SpectralAngleSum(bands, group))
    this.similarities = this.groups.map(({ first, end }, index) => {
      const range = convention === 'standard' ? options.dataRange : (options.groupRanges[index] as number)
      return new SsimSum(cols, end - first, new Float64Array(end - first).fill(range), convention === 'standard' ? gaussianWindow() : uniformWindow())
    })
  }

  /** Adds the next rows [rows, cols, bands]. */
  add(reference: Float32Array, estimate: Float32Array): void {
    const { bands } = this.options
    this.sums.add(reference, estimate)
    this.groups.forEach((group, index) => {
      this.angles[index]?.add(reference, estimate)
      this.similarities[index]?.add(sliceBands(reference, bands, group), sliceBands(estimate, bands, group))
    })
  }

  get quality(): Quality {
    const { convention, dataRange, scale } = this.options
    const { sums } = this
    const paper = convention === 'paper'
    const overGroups = (index: (group: BandRange) => number): number => definedMean(this.groups.map(index))
    return {
      psnr: overGroups((group) => (paper ? groupPsnr(sums, group) : meanBandPsnr(sums, varyingBands(sums, group), dataRange))),
      ssim: definedMean(this.similarities.map((similarity) => definedMean(similarity.perBand))),
      samDegrees: definedMean(this.angles.map((angle) => angle.degrees)),
      correlation: overGroups((group) => (paper ? pooledCorrelation(sums, group) : meanBandCorrelation(sums, group))),
      ergas: overGroups((group) => ergas(sums, group, scale)),
      rmse: overGroups((group) => (paper ? groupRmse(sums, group) : scaledRmse(sums, group, dataRange))),
    }
  }
}

function sliceBands(data: Float32Array, bands: number, { first, end }: BandRange): Float32Array {
  if (first === 0 && end === bands) return data
  const count = end - first
  const out = new Float32Array((data.length / bands) * count)
  for (let pixel = 0; pixel * bands < data.length; pixel++) out.set(data.subarray(pixel * bands + first, pixel * bands + end), pixel * count)
  return out
}
