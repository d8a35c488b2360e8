import { computed, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { BandStatistics } from '../../../preload/pixel-contract'
import { useFailure } from '../show-failure'
import { bandStatistics } from './band-statistics'
import { fetchPiece } from './fetch-piece'
import type { PictureState } from './layer-picture'
import { overviewPiece } from './needed-piece'
import { sampleRanges } from './sample-limits'
import { DEFAULT_PERCENT, limitsOf, type BandRange, type Stretch, type StretchMode } from './stretch'

export interface StretchChoice {
  mode: StretchMode
  gamma: number
}

interface Asked {
  layer: string
  rows: number
  cols: number
  bands: number[]
  edition: string
}

/** What is known of the bands of one question. */
interface Known extends Asked {
  ranges: BandRange[]
  statistics: BandStatistics[] | null
}

export const DEFAULT_STRETCH: StretchChoice = { mode: { kind: 'percentile', percent: DEFAULT_PERCENT }, gamma: 1 }

/**
 * The stretch of a layer's bands and the statistics that it follows from. The first comes from the small picture of the
 * whole, which the map needs anyway; the scene's statistics refine it. `shown` holds bands and edition that the stretch is
 * for: those asked before while the next are fetched, null at first. What can't be read is shown as a message; `retry`
 * asks again.
 */
export function useLayerStretch(of: () => Asked, choice: () => StretchChoice = () => DEFAULT_STRETCH): {
  shown: ComputedRef<{ bands: number[]; edition: string; stretch: Stretch } | null>
  stretch: ComputedRef<Stretch | null>
  statistics: ComputedRef<BandStatistics[] | null>
  state: ShallowRef<PictureState>
  retry: () => void
} {
  const known = shallowRef<Known | null>(null)
  const state = shallowRef<PictureState>('quiet')
  const tries = shallowRef(0)
  const { show } = useFailure()

  async function learn(asked: Asked, signal: AbortSignal): Promise<void> {
    state.value = 'busy'
    const { block } = await fetchPiece(asked, overviewPiece(asked), signal)
    if (signal.aborted) return
    state.value = 'quiet'
    known.value = { ...asked, ranges: sampleRanges(block, asked.bands.length), statistics: null }
    const statistics = await bandStatistics(asked, signal)
    known.value = { ...asked, ranges: statistics, statistics }
  }

  watch(() => JSON.stringify([of(), tries.value]), (_now, _before, onCleanup) => {
    const asking = new AbortController()
    onCleanup(() => { asking.abort() })
    learn(of(), asking.signal).catch((error: unknown) => {
      if (asking.signal.aborted) return
      state.value = 'failed'
      show(error)
    })
  }, { immediate: true })

  const shown = computed(() => {
    if (known.value === null) return null
    const { bands, edition, ranges } = known.value
    const { mode, gamma } = choice()
    return { bands, edition, stretch: { limits: limitsOf(ranges, mode), gamma } }
  })
  const retry = (): void => { tries.value++ }
  return { shown, state, retry, stretch: computed(() => shown.value?.stretch ?? null), statistics: computed(() => known.value?.statistics ?? null) }
}
