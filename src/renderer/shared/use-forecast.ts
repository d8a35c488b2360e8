import { onBeforeUnmount, shallowRef, type ShallowRef } from 'vue'
import { useFailure } from './show-failure'

const DELAY_MS = 250

/**
 * A forecast that follows an edited plan: asked for a quarter of a second after the last change, answers that were overtaken
 * dropped. `ask` gives null while the plan can't be judged; `forecast` is null until the first answer and while that lasts.
 */
export function useForecast<T>(ask: () => Promise<T> | null): { forecast: ShallowRef<T | null>; refresh: () => void } {
  const forecast = shallowRef<T | null>(null) as ShallowRef<T | null>
  const { attempt } = useFailure()
  let timer: ReturnType<typeof setTimeout> | null = null
  let asked = 0

  async function update(): Promise<void> {
    const number = ++asked
    const question = ask()
    const answer = question === null ? null : await attempt(() => question)
    if (number === asked) forecast.value = answer ?? null
  }
  function refresh(): void {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(() => { void update() }, DELAY_MS)
  }
  void update()
  onBeforeUnmount(() => {
    asked++
    if (timer !== null) clearTimeout(timer)
  })
  return { forecast, refresh }
}
