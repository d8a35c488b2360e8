import { computed, type ComputedRef } from 'vue'
import { DIVERGING_MAP } from '../shared/colour/colour-map'
import { limitsOf } from '../shared/map/stretch'
import { text } from '../text'
import { useDisplayStore } from '../viewer/display-store'
import { goodBands, heldBands, partOfScene, resultSource, sceneSource, sourceKey, type CubeKind, type CubeSource } from './cube-source'
import { useCubeStore } from './cube-store'
import type { ShownCube } from './shown-cube'
import { commonLimits, sliceStyles } from './slice-styles'
import type { CubeResult, SceneFacts } from './types'
import { useBandRanges } from './use-band-ranges'

export interface WantedCubes {
  sceneId: string
  /** null = the scene can't be read. */
  facts: SceneFacts | null
  /** What the kinds other than the source are of; null = there is none. */
  result: CubeResult | null
  /** One, or two side by side. */
  kinds: readonly CubeKind[]
}

/**
 * The cubes of a page, ready to be drawn with the colours that the user chose: all of values in the scene's, so that they
 * compare. Of two, the source is cut to what the result shows. A cube whose values are not known yet is the one before it.
 */
export function useShownCubes(of: () => WantedCubes): ComputedRef<(ShownCube | null)[]> {
  const display = useDisplayStore()
  const store = useCubeStore()
  const { choice } = store
  const scene = computed<CubeSource | null>((before) => {
    const { sceneId, facts } = of()
    return facts === null ? null : keep(before, sceneSource(sceneId, facts))
  })
  const sources = computed<CubeSource[]>((before) => {
    const { facts, result, kinds } = of()
    const whole = scene.value
    if (facts === null || whole === null) return []
    return kinds.map((kind, index) => {
      const made = result === null ? null : resultSource(kind === 'source' ? 'result' : kind, result, facts)
      const source = kind !== 'source' ? made : kinds.length > 1 && made !== null ? partOfScene(whole, made) : whole
      return keep(before?.[index], choice.badBands ? source ?? whole : goodBands(source ?? whole))
    })
  })
  const ranges = useBandRanges(() => scene.value)
  const signedRanges = useBandRanges(() => sources.value.find(({ isSigned }) => isSigned) ?? null)
  const styled = computed(() => sources.value.map((source) => {
    const known = source.isSigned ? signedRanges.value : ranges.value
    if (known === null) return null
    const own = store.ownLimits(of().sceneId, source.isSigned)
    const limits = choice.limits.mode === 'own' && own !== null ? own : commonLimits(source, known, choice.limits.percent)
    return { source, slices: sliceStyles(source, known, choice.limits, own), limits: choice.limits.mode === 'band' ? null : limits }
  }))
  /** Of the picture on top, as the scene's page shows it. */
  const top = computed(() => {
    const { sceneId, facts } = of()
    const known = ranges.value
    if (facts === null || known === null) return null
    const { bands, mode, gamma } = display.displayOf(sceneId, facts)
    return { bands, stretch: { limits: limitsOf(bands.map((band) => known[band] ?? { min: 0, max: 1, percentiles: new Float32Array(101) }), mode), gamma } }
  })
  return computed<(ShownCube | null)[]>((before) => styled.value.map((one, index) => {
    const kind = of().kinds[index]
    if (one === null || top.value === null || kind === undefined) return before?.[index] ?? null
    const { source, slices, limits } = one
    return {
      kind, title: text.cube.kinds[kind], source, style: { slices, rgb: top.value.stretch }, limits,
      // red, green and blue of a difference would be no colours of anything
      rgb: source.isSigned ? null : heldBands(source, top.value.bands), colourMap: source.isSigned ? DIVERGING_MAP : choice.colourMap,
    }
  }))
}

/** The source as it was where it says the same: what is drawn of it stays. */
function keep(before: CubeSource | null | undefined, now: CubeSource): CubeSource {
  return before != null && sourceKey(before) === sourceKey(now) ? before : now
}
