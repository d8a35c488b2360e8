import { shallowRef, watch, type ShallowRef } from 'vue'
import type { BandStatistics } from '../../../preload/pixel-contract'
import { pixels } from '../pixels/pixel-client'
import { useFailure } from '../show-failure'
import { limitsOf, type Stretch, type StretchMode } from './stretch'

/** What most people see best at first sight. */
export const DEFAULT_STRETCH: { mode: StretchMode; gamma: number } = { mode: { kind: 'percentile', percent: 2 }, gamma: 1 }

/** The statistics of a layer's bands and the stretch that follows from them; null until they are known. */
export function useLayerStretch(
  of: () => { layer: string; bands: number[]; edition?: string } | null, choice: () => { mode: StretchMode; gamma: number } = () => DEFAULT_STRETCH,
): { statistics: ShallowRef<BandStatistics[] | null>; stretch: ShallowRef<Stretch | null> } {
  const statistics = shallowRef<BandStatistics[] | null>(null)
  const stretch = shallowRef<Stretch | null>(null)
  const { show } = useFailure()

  watch(() => { const asked = of(); return asked === null ? '' : `${asked.layer} ${asked.bands.join()} ${asked.edition ?? ''}` }, (_key, _before, onCleanup) => {
    const asked = of()
    if (asked === null) return
    const asking = new AbortController()
    onCleanup(() => { asking.abort() })
    pixels.ask('statistics', { layer: asked.layer, bands: asked.bands }, asking.signal).then((found) => { statistics.value = found }, (error: unknown) => { if (!asking.signal.aborted) show(error) })
  }, { immediate: true })
  watch([statistics, choice], () => {
    const { mode, gamma } = choice()
    stretch.value = statistics.value === null ? null : { limits: limitsOf(statistics.value, mode), gamma }
  }, { immediate: true, deep: true })
  return { statistics, stretch }
}
