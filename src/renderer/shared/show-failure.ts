import { NButton, useNotification } from 'naive-ui'
import { h } from 'vue'
import { text } from '../text'
import { request, RequestFailure } from './client'

/** Details of the failures that are on the screen: the same one is not shown twice. */
const shown = new Set<string>()

/** For components: runs something and shows what goes wrong: what, where, what to do, with the details to copy. */
export function useFailure() {
  const notification = useNotification()

  function show(error: unknown): void {
    const failure = error instanceof RequestFailure ? error : null
    // the user asked for it
    if (failure?.tag === 'cancelled') return
    const title = error instanceof Error ? error.message : String(error)
    const details = [title, failure?.file, failure?.remedy, error instanceof Error ? error.stack : undefined].filter((part) => part !== undefined).join('\n')
    const key = [title, failure?.file, failure?.remedy].join('\n')
    if (shown.has(key)) return
    shown.add(key)
    notification.error({
      title,
      description: failure?.file !== undefined && !title.includes(failure.file) ? failure.file : undefined,
      content: failure?.remedy,
      action: () => h(NButton, { size: 'small', onClick: () => { void request('app.copyText', { text: details }) } }, () => text.general.copyDetails),
      keepAliveOnHover: true,
      duration: 20_000,
      onLeave: () => { shown.delete(key) },
    })
  }

  /** The value, or undefined after the failure was shown. */
  async function attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      show(error)
      return undefined
    }
  }
  return { attempt, show }
}
