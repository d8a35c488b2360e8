import { shallowRef, watch, type ShallowRef } from 'vue'
import { fetchPiece } from '../shared/map/fetch-piece'
import { sampleRanges } from '../shared/map/sample-limits'
import type { BandRange } from '../shared/map/stretch'
import { useFailure } from '../shared/show-failure'
import type { CubeSource } from './cube-source'

/** Pixels a side of the sample: enough for limits, and quickly read with all bands. */
const SIDE = 64

/** Ranges of all bands of a scene, in the file's order, from a sample spread over it; null until they are known. */
export function useSceneRanges(of: () => CubeSource | null): ShallowRef<BandRange[] | null> {
  const ranges = shallowRef<BandRange[] | null>(null)
  const { show } = useFailure()
  watch(() => { const source = of(); return source === null ? null : `${source.layer} ${source.edition}` }, (_now, _before, onCleanup) => {
    const source = of()
    ranges.value = null
    if (source === null) return
    const asking = new AbortController()
    onCleanup(() => { asking.abort() })
    const { layer, edition, rows, cols } = source
    const bands = Array.from({ length: source.slices.length }, (_, band) => band)
    fetchPiece({ layer, edition, bands }, { window: { row: 0, col: 0, rows, cols }, rows: Math.min(rows, SIDE), cols: Math.min(cols, SIDE) }, asking.signal)
      .then(({ block }) => { if (!asking.signal.aborted) ranges.value = sampleRanges(block, bands.length) }, (error: unknown) => { if (!asking.signal.aborted) show(error) })
  }, { immediate: true })
  return ranges
}
