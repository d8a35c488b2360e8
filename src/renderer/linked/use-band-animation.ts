import { onBeforeUnmount, ref, type Ref } from 'vue'

const FRAME_MS = 250

export interface BandAnimation {
  playing: Ref<boolean>
  toggle: () => void
}

/** Shows one band after the other, from the one that is shown, at most four a second; a frame waits until the last is there. */
export function useBandAnimation(target: { bands: () => number[]; shown: () => number; isBusy: () => boolean; show: (band: number) => void }): BandAnimation {
  const playing = ref(false)
  let timer: ReturnType<typeof setInterval> | null = null

  function step(): void {
    const bands = target.bands()
    if (target.isBusy() || bands.length === 0) return
    const next = bands.find((band) => band > target.shown()) ?? bands[0]
    if (next !== undefined) target.show(next)
  }
  function stop(): void {
    if (timer !== null) clearInterval(timer)
    timer = null
    playing.value = false
  }
  function toggle(): void {
    if (playing.value) {
      stop()
      return
    }
    playing.value = true
    step()
    timer = setInterval(step, FRAME_MS)
  }
  onBeforeUnmount(stop)
  return { playing, toggle }
}
