import { shallowRef, watch, type ShallowRef } from 'vue'
import { fetchPiece } from '../shared/map/fetch-piece'
import { sampleRanges } from '../shared/map/sample-limits'
import { useFailure } from '../shared/show-failure'
import type { CubeSource } from './cube-source'
import type { SceneRanges } from './slice-styles'

/** Pixels a side of the sample: enough for limits, and quickly read with all bands. */
const SIDE = 64

/** Ranges of all bands of a source by their number in the scene, from a sample spread over it; null until they are known. */
export function useBandRanges(of: () => CubeSource | null): ShallowRef<SceneRanges | null> {
  const ranges = shallowRef<SceneRanges | null>(null)
  const { show } = useFailure()
  watch(() => { const source = of(); return source === null ? null : `${source.layer} ${source.edition}` }, (_now, _before, onCleanup) => {
    const source = of()
    ranges.value = null
    if (source === null) return
    const asking = new AbortController()
    onCleanup(() => { asking.abort() })
    const { layer, edition, rows, cols, held, corner } = source
    const bands = held.map((_, band) => band)
    fetchPiece({ layer, edition, bands }, { window: { ...corner, rows, cols }, rows: Math.min(rows, SIDE), cols: Math.min(cols, SIDE) }, asking.signal).then(({ block }) => {
      if (asking.signal.aborted) return
      const found: SceneRanges[number][] = []
      sampleRanges(block, bands.length).forEach((range, band) => { found[held[band] as number] = range })
      ranges.value = found
    }, (error: unknown) => { if (!asking.signal.aborted) show(error) })
  }, { immediate: true })
  return ranges
}
