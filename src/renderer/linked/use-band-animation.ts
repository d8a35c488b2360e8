import { onBeforeUnmount, ref, type Ref } from 'vue'

const FRAME_MS = 250

export interface BandAnimation {
  playing: Ref<boolean>
  toggle: () => void
  /** The next band (1) or the one before (-1), around the ends. */
  turn: (step: 1 | -1) => void
}

/** Shows one band after the other, from the one that is shown, at most four a second; a frame waits until the last is there. */
export function useBandAnimation(target: { bands: () => number[]; shown: () => number; isBusy: () => boolean; show: (band: number) => void }): BandAnimation {
  const playing = ref(false)
  let timer: ReturnType<typeof setInterval> | null = null

  function turn(step: 1 | -1): void {
    const bands = step === 1 ? target.bands() : [...target.bands()].reverse()
    const next = bands.find((band) => (band - target.shown()) * step > 0) ?? bands[0]
    if (next !== undefined) target.show(next)
  }
  function step(): void {
    if (!target.isBusy()) turn(1)
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
  return { playing, toggle, turn }
}
