import { NButton, useMessage } from 'naive-ui'
import { h } from 'vue'
import { request } from '../shared/client'
import { useFailure } from '../shared/show-failure'
import { text } from '../text'

const SHOWN_MS = 10_000

/** For components: says what was removed, with a button that brings it back. */
export function useUndoMessage() {
  const message = useMessage()
  const { attempt } = useFailure()

  /** `steps`: removals to take back. */
  function offerUndo(said: string, steps: number): void {
    const shown = message.create(() => h('span', { style: 'display: inline-flex; gap: 12px; align-items: center' }, [
      said,
      h(NButton, { size: 'small', secondary: true, type: 'primary', onClick: () => { shown.destroy(); void undo(steps) } }, () => text.general.undo),
    ]), { duration: SHOWN_MS, keepAliveOnHover: true, closable: true })
  }

  async function undo(steps: number): Promise<void> {
    await attempt(async () => {
      for (let step = 0; step < steps; step++) await request('project.undo', null)
    })
  }
  return { offerUndo }
}
