import type { VolumeBlock } from '../../preload/pixel-contract'
import { computed, onBeforeUnmount, onMounted, ref, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import { colourTable } from '../shared/colour/colour-map'
import { useFailure } from '../shared/show-failure'
import { useThemeName } from '../shared/theme'
import { CubeView } from '../viewer/gl/cube-view'
import { worldLengths, type CubeCut, type CubeSize, type Point } from './cube-box'
import { sizeOf, type CubeSource } from './cube-source'
import type { CubeChoice } from './cube-store'
import { FaceFeed } from './face-feed'
import { hitFaces, type CubeHit } from './hit-box'
import { hitVolume } from './hit-volume'
import type { ShownCube } from './shown-cube'
import { opacityTable } from './transfer-function'
import { VolumeFeed } from './volume-feed'
import type { VolumePlan } from './volume-plan'

export interface CubeViewEvents {
  /** A picture was drawn; see `CubeView`. */
  drawn: (frameMs: number | null, share: number) => void
  /** The user took the camera elsewhere by hand. */
  steered: () => void
  /** The window has another size, or its first one. */
  resized: () => void
  volume: (plan: VolumePlan) => void
}

export interface LiveCube {
  /** null before it is mounted, and where there is no WebGL 2. */
  view: ShallowRef<CubeView | null>
  /** 'loading' = what is drawn is not yet what is wanted. */
  state: ComputedRef<'loading' | 'ready' | 'lost' | 'none'>
  size: ComputedRef<CubeSize>
  lengths: ComputedRef<Point>
  /** What the faces show now: the wanted cut follows when its planes are there. */
  visibleCut: ComputedRef<CubeCut>
  /** What is seen at a place of the canvas, in CSS pixels. */
  hitAt: (x: number, y: number) => CubeHit | null
}

/** A canvas that shows a cube as it is wanted, fed with planes and volumes; all of it goes with the component. */
export function useCubeView(canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>, of: () => { cube: ShownCube; cut: CubeCut; choice: CubeChoice }, events: CubeViewEvents): LiveCube {
  const { show } = useFailure()
  const theme = useThemeName()
  const view = shallowRef<CubeView | null>(null)
  const context = ref<'there' | 'lost' | 'none'>('there')
  const size = computed(() => sizeOf(of().cube.source))
  const lengths = computed(() => worldLengths(size.value, of().choice.stretch))
  /** Whose planes are on the faces. */
  const shownCut = shallowRef<{ source: CubeSource; cut: CubeCut } | null>(null)
  /** Whose pixels are on the graphics processor: colours change with them. */
  const facesOf = shallowRef<CubeSource | null>(null)
  const volumeOf = shallowRef<CubeSource | null>(null)
  const drawnSource = computed(() => (of().choice.mode === 'faces' ? facesOf.value : volumeOf.value))
  const state = computed(() => (context.value !== 'there' ? context.value : drawnSource.value === of().cube.source ? 'ready' : 'loading'))
  const visibleCut = computed(() => (shownCut.value?.source === of().cube.source ? shownCut.value.cut : of().cut))
  const opacity = computed(() => {
    const { cube, choice } = of()
    return choice.rendering === 'maximum' ? null : opacityTable(cube.source.isSigned ? choice.differenceOpacity : choice.opacity, cube.source.isSigned)
  })
  let faces: FaceFeed | null = null
  let volumes: VolumeFeed | null = null
  let seen: { block: VolumeBlock; plan: VolumePlan; source: CubeSource } | null = null
  let observer: ResizeObserver | null = null

  function shape(): void {
    view.value?.shape(size.value, lengths.value, visibleCut.value)
  }
  function wish(): void {
    const { cube: { source, style, rgb }, cut, choice } = of()
    if (choice.mode === 'faces') {
      faces?.want({ source, style, rgb: choice.topInColour ? rgb : null, cut })
      return
    }
    // a volume is all there: it is cut at once
    shownCut.value = { source, cut }
    shape()
  }
  function wishVolume(): void {
    const { cube, choice } = of()
    if (choice.mode === 'volume') volumes?.want(cube.source, cube.style.slices)
    if (view.value !== null) view.value.mode = choice.mode
  }
  function colour(): void {
    const { source, colourMap } = of().cube
    if (drawnSource.value !== source || view.value === null) return
    view.value.volume.look(opacity.value, source.isSigned)
    view.value.colourBy(colourTable(colourMap))
  }
  function edgeColour(): void {
    if (view.value === null) return
    view.value.faces.edgeColour = getComputedStyle(document.documentElement).getPropertyValue('--muted').trim()
    view.value.draw()
  }
  function hitAt(x: number, y: number): CubeHit | null {
    const { cube: { source }, choice } = of()
    if (view.value === null) return null
    const ray = view.value.rayAt(x, y)
    if (choice.mode === 'faces') return hitFaces(ray, size.value, lengths.value, visibleCut.value, (face, at) => faces?.hasData(face, at) === true)
    if (seen?.source !== source) return null
    return hitVolume(ray, size.value, lengths.value, visibleCut.value, { block: seen.block, slices: seen.plan.slices, opacity: opacity.value, isSigned: source.isSigned })
  }

  function begin(made: CubeView, box: HTMLElement): void {
    faces = new FaceFeed({
      maxTextureSize: made.maxTextureSize,
      show: (face, picture) => { made.faces.show(face, picture) },
      served: ({ source, cut }) => {
        shownCut.value = { source, cut }
        facesOf.value = source
        colour()
        shape()
      },
      failed: show,
    })
    volumes = new VolumeFeed({
      max3DTextureSize: made.max3DTextureSize,
      show: (block, plan, source) => {
        seen = { block, plan, source }
        volumeOf.value = source
        made.volume.show(block)
        colour()
        made.draw()
        events.volume(plan)
      },
      failed: show,
    })
    const fill = (): void => {
      if (box.clientWidth === 0 || box.clientHeight === 0) return
      made.resize(box.clientWidth, box.clientHeight)
      events.resized()
    }
    shape()
    fill()
    edgeColour()
    wish()
    wishVolume()
    observer = new ResizeObserver(fill)
    observer.observe(box)
  }

  onMounted(() => {
    const element = canvas.value
    const box = element?.parentElement ?? null
    if (element === null || box === null) return
    try {
      view.value = new CubeView(element, { drawn: events.drawn, steered: events.steered, lost: (isLost) => { context.value = isLost ? 'lost' : 'there' } })
    } catch {
      context.value = 'none'
      return
    }
    begin(view.value, box)
  })
  onBeforeUnmount(() => {
    observer?.disconnect()
    faces?.dispose()
    volumes?.dispose()
    view.value?.dispose()
  })
  watch(() => { const { cube: { source, style, rgb }, cut, choice } = of(); return [source, style, rgb, cut, choice.topInColour, choice.mode] }, wish)
  watch(() => { const { cube: { source, style }, choice } = of(); return [source, style.slices, choice.mode] }, wishVolume)
  watch(lengths, shape)
  watch(() => [opacity.value, of().cube.colourMap, drawnSource.value], colour)
  watch(theme, edgeColour, { flush: 'post' })
  return { view, state, size, lengths, visibleCut, hitAt }
}
