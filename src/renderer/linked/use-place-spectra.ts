import { shallowRef, watch, type ShallowRef } from 'vue'
import type { PixelRequests } from '../../preload/pixel-contract'
import type { MapPlace } from '../shared/map/map-layer'
import { pixels } from '../shared/pixels/pixel-client'
import { useFailure } from '../shared/show-failure'
import { pixelOf, type ComparedLayer } from './compared-layer'
import { shapeOnLayer, type RegionShape } from './region'

export type RegionSpectrum = PixelRequests['region']['reply']

/** A question about a layer with the name under which its answer is kept; null where the layer is not there. */
interface Question<T> {
  key: string
  ask: ((signal: AbortSignal) => Promise<T>) | null
}

/** Answers by key, as they come; those that are no longer wanted are dropped, what can't be had is told once. */
function useAnswers<T>(questions: () => Question<T>[]): ShallowRef<ReadonlyMap<string, T>> {
  const answers = shallowRef<ReadonlyMap<string, T>>(new Map())
  const { show } = useFailure()
  watch(() => questions().map(({ key }) => key).join('\n'), (_now, _before, onCleanup) => {
    const asking = new AbortController()
    onCleanup(() => { asking.abort() })
    const wanted = questions()
    answers.value = new Map([...answers.value].filter(([key]) => wanted.some((one) => one.key === key)))
    void (async () => {
      for (const { key, ask } of wanted) {
        if (ask === null || answers.value.has(key)) continue
        const answer = await ask(asking.signal)
        if (asking.signal.aborted) return
        answers.value = new Map(answers.value).set(key, answer)
      }
    })().catch((error: unknown) => { if (!asking.signal.aborted) show(error) })
  }, { immediate: true })
  return answers
}

export function placeKey({ name, edition }: ComparedLayer, { row, col }: MapPlace): string {
  return `${name} ${edition} ${row} ${col}`
}

/** Stored values of all bands of layers at kept places, by `placeKey`. */
export function usePlaceSpectra(of: () => { layers: ComparedLayer[]; places: MapPlace[] }): ShallowRef<ReadonlyMap<string, Float32Array>> {
  return useAnswers(() => {
    const { layers, places } = of()
    return places.flatMap((place) => layers.map((layer) => {
      const at = pixelOf(layer, place)
      return { key: placeKey(layer, place), ask: at === null ? null : async (signal) => (await pixels.ask('spectrum', { layer: layer.name, ...at }, signal)).values }
    }))
  })
}

export function regionKey({ name, edition }: ComparedLayer, shape: RegionShape): string {
  return `${name} ${edition} ${JSON.stringify(shape)}`
}

/** Mean spectra of layers over parts of the scene, by `regionKey`. */
export function useRegionSpectra(of: () => { layers: ComparedLayer[]; shapes: RegionShape[] }): ShallowRef<ReadonlyMap<string, RegionSpectrum>> {
  return useAnswers(() => {
    const { layers, shapes } = of()
    return shapes.flatMap((shape) => layers.map((layer) => {
      const part = shapeOnLayer(layer, shape)
      return { key: regionKey(layer, shape), ask: part === null ? null : (signal) => pixels.ask('region', { layer: layer.name, ...part }, signal) }
    }))
  })
}
