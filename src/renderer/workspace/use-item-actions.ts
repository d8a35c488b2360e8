import { useDialog, useMessage } from 'naive-ui'
import { useLinkedStore } from '../linked/linked-store'
import { request } from '../shared/client'
import { useFailure } from '../shared/show-failure'
import { text } from '../text'
import type { ItemAction } from './item-menu'
import { useNavigationStore } from './navigation-store'
import { useProjectStore } from './project-store'
import type { ProjectItem } from './project-items'
import { useContinue } from './use-continue'
import { useRemoval } from './use-removal'
import { useSceneRelink } from './use-scene-relink'
import { useWindowStore } from './window-store'

/** For components: carries out what the menus of the lists offer. */
export function useItemActions() {
  const project = useProjectStore()
  const navigation = useNavigationStore()
  const linked = useLinkedStore()
  const open = useWindowStore()
  const dialog = useDialog()
  const { attempt } = useFailure()
  const { relink } = useSceneRelink()
  const { remove } = useRemoval()
  const { goOn } = useContinue()
  const message = useMessage()

  function run(action: ItemAction, items: ProjectItem[]): void {
    const [first] = items
    if (first === undefined) return
    const ids = items.map(({ id }) => id)
    const actions: Record<ItemAction, () => void> = {
      open: () => { navigation.go(first.page) },
      cube: () => { lookAtCube(first) },
      'fine-tune': () => { navigation.go(first.kind === 'model' ? { kind: 'fine-tune', sceneIds: sceneOf(first.id), baseModelId: first.id } : { kind: 'fine-tune', sceneIds: ids }) },
      upscale: () => { navigation.go(first.kind === 'model' ? { kind: 'upscale', sceneIds: sceneOf(first.id), modelId: first.id } : { kind: 'upscale', sceneIds: ids }) },
      'compare-maps': () => { compareOnMaps(first) },
      'compare-runs': () => { navigation.go({ kind: 'compare-runs', runIds: ids }) },
      continue: () => { void resume(first) },
      'open-model': () => {
        const modelId = project.run(first.id)?.modelId
        if (modelId != null) navigation.go({ kind: 'model', modelId })
      },
      export: () => { void exportModel(first.id) },
      relink: () => { void relink(first.id) },
      show: () => { void attempt(() => (first.kind === 'scene' ? request('scene.showInFolder', { sceneId: first.id }) : request('result.showInFolder', { resultId: first.id }))) },
      rename: () => { open.renaming = first.id },
      remove: () => { void remove(items.filter(({ shipped }) => !shipped)) },
      trash: () => { askToTrash(first) },
    }
    actions[action]()
  }

  function lookAtCube(item: ProjectItem): void {
    const result = item.kind === 'result' ? project.result(item.id) : null
    navigation.go(result === null ? { kind: 'cube', sceneId: item.id } : { kind: 'cube', sceneId: result.sceneId, resultId: result.id })
  }

  /** A result beside its scene. */
  function compareOnMaps(item: ProjectItem): void {
    const result = item.kind === 'result' ? project.result(item.id) : null
    if (result !== null) linked.begin(result.sceneId, [`scene:${result.sceneId}`, `result:${result.id}`])
    navigation.go({ kind: 'compare', sceneId: result?.sceneId ?? item.id })
  }

  /** The scene that a model was tuned on, else the first of the project. */
  function sceneOf(modelId: string): string[] {
    const tunedOn = project.runs.find((one) => one.modelId === modelId)?.sceneIds.filter((id) => project.scene(id) !== null) ?? []
    return tunedOn.length > 0 ? tunedOn : project.scenes.slice(0, 1).map(({ id }) => id)
  }

  async function exportModel(modelId: string): Promise<void> {
    const path = await attempt(() => request('model.export', { modelId }))
    if (path != null) message.success(text.workspace.exported(path))
  }

  async function resume(item: ProjectItem): Promise<void> {
    if ((item.kind === 'run' || item.kind === 'result') && (await goOn({ kind: item.kind, id: item.id }))) navigation.go(item.page)
  }

  async function rename(item: ProjectItem, name: string): Promise<void> {
    open.renaming = null
    const wanted = name.trim()
    if (wanted === '' || wanted === item.name) return
    await attempt(() => {
      switch (item.kind) {
        case 'scene': return request('scene.rename', { sceneId: item.id, name: wanted })
        case 'model': return request('model.rename', { modelId: item.id, name: wanted })
        case 'run': return request('run.rename', { runId: item.id, name: wanted })
        case 'result': return request('result.rename', { resultId: item.id, name: wanted })
      }
    })
  }

  function askToTrash(item: ProjectItem): void {
    const { trash } = text.workspace
    dialog.warning({
      title: trash.title(item.name), content: trash.about, positiveText: trash.yes, negativeText: text.general.cancel, autoFocus: false,
      onPositiveClick: () => { void remove([item], true) },
    })
  }
  return { run, rename }
}
