import { NButton, useMessage } from 'naive-ui'
import { h } from 'vue'
import { request } from '../shared/client'
import { useFailure } from '../shared/show-failure'
import { text } from '../text'
import { useNavigationStore } from './navigation-store'
import type { ItemKind } from './project-items'
import { useRemovalsStore } from './removals-store'

interface Removable {
  kind: ItemKind | 'layer'
  id: string
  name: string
}

const SHOWN_MS = 10_000

/** For components: removes entries of the project at once, leaves their pages, and says so with a button that brings them back. */
export function useRemoval() {
  const message = useMessage()
  const navigation = useNavigationStore()
  const removals = useRemovalsStore()
  const { attempt } = useFailure()

  /** `deleteFiles`: the files of results go as well. */
  async function remove(items: Removable[], deleteFiles = false): Promise<void> {
    const removed: Removable[] = []
    for (const item of items) {
      if ((await attempt(() => removeOne(item, deleteFiles))) === undefined) break
      removed.push(item)
      navigation.leave(item.id)
    }
    const [first] = removed
    if (first !== undefined) offerUndo(removed.length === 1 ? text.workspace.removed(first.name) : text.workspace.removedMany(removed.length), removed.length)
  }

  function offerUndo(said: string, entries: number): void {
    const shown = message.create(() => h('span', { style: 'display: inline-flex; gap: 12px; align-items: center' }, [
      said, h(NButton, { size: 'small', secondary: true, type: 'primary', onClick: () => { void attempt(removals.undo) } }, () => text.general.undo),
    ]), { duration: SHOWN_MS, keepAliveOnHover: true, closable: true })
    removals.remember({ entries, closeMessage: () => { shown.destroy() } })
  }
  return { remove }
}

function removeOne({ kind, id }: Removable, deleteFiles: boolean): Promise<null> {
  switch (kind) {
    case 'scene': return request('scene.remove', { sceneId: id })
    case 'model': return request('model.remove', { modelId: id })
    case 'run': return request('run.remove', { runId: id })
    case 'result': return request('result.remove', { resultId: id, deleteFiles })
    case 'layer': return request('analysis.remove', { layerId: id })
  }
}
