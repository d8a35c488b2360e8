import type { VolumeBlock } from '../../preload/pixel-contract'
import { pixels } from '../shared/pixels/pixel-client'
import { sizeOf, type CubeSource } from './cube-source'
import type { SliceStyle } from './face-texels'
import { SIGNED_ZERO } from './transfer-function'
import { volumePlan, type VolumePlan } from './volume-plan'

export interface VolumeFeedTarget {
  max3DTextureSize: number
  show: (volume: VolumeBlock, plan: VolumePlan, source: CubeSource) => void
  failed: (error: unknown) => void
}

/** Brings a source as a volume to the view; only the latest wish is answered. Not reactive. */
export class VolumeFeed {
  private asking: AbortController | null = null
  private served: { source: CubeSource; slices: readonly SliceStyle[] } | null = null

  constructor(private readonly target: VolumeFeedTarget) {}

  /** Asks unless that is what is shown. */
  want(source: CubeSource, slices: readonly SliceStyle[]): void {
    if (this.served?.source === source && this.served.slices === slices) return
    this.asking?.abort()
    this.asking = new AbortController()
    this.served = { source, slices }
    void this.ask(source, slices, this.asking.signal)
  }

  dispose(): void {
    this.asking?.abort()
  }

  private async ask(source: CubeSource, slices: readonly SliceStyle[], signal: AbortSignal): Promise<void> {
    const plan = volumePlan(sizeOf(source), this.target.max3DTextureSize)
    try {
      const volume = await pixels.ask('volume', {
        layer: source.layer, window: { ...source.corner, rows: source.rows, cols: source.cols }, rows: plan.rows, cols: plan.cols,
        bands: plan.slices.map((slice) => source.slices[slice]?.band ?? 0),
        limits: plan.slices.map((slice) => slices[slice]?.limits ?? { low: 0, high: 0 }),
      }, signal)
      const nothing = source.isSigned ? SIGNED_ZERO : 0
      if (source.isSigned) volume.data.forEach((value, at) => { if (value === 0) volume.data[at] = nothing })
      // bad bands would lie as a veil of noise over what is good
      plan.slices.forEach((slice, index) => { if (slices[slice]?.bad === true) volume.data.fill(nothing, index * volume.rows * volume.cols, (index + 1) * volume.rows * volume.cols) })
      this.target.show(volume, plan, source)
    } catch (error) {
      if (signal.aborted) return
      this.served = null
      this.target.failed(error)
    }
  }
}
