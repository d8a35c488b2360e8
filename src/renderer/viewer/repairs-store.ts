import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { SceneView } from '../../preload/contract'
import { request } from '../shared/client'
import type { SceneRepairs } from './types'

/** The user's corrections of scenes on their way to the project, and the way back through those of this session. */
export const useRepairsStore = defineStore('repairs', () => {
  const past = ref<Record<string, SceneRepairs[]>>({})
  /** By scene: corrections that main was told of but has not confirmed. */
  const sent = ref<Record<string, SceneRepairs>>({})

  /** As they are, or will be in a moment. */
  function repairsOf({ id, repairs }: Pick<SceneView, 'id' | 'repairs'>): SceneRepairs {
    return sent.value[id] ?? repairs
  }
  /** Takes effect in the project; rejects with `RequestFailure` when they do not fit the scene, which stays as it was. */
  async function change(scene: Pick<SceneView, 'id' | 'repairs'>, repairs: SceneRepairs): Promise<void> {
    const before = repairsOf(scene)
    if (JSON.stringify(before) === JSON.stringify(repairs)) return
    await send(scene.id, repairs)
    past.value[scene.id] = [...(past.value[scene.id] ?? []), before]
  }
  function canUndo(sceneId: string): boolean {
    return (past.value[sceneId]?.length ?? 0) > 0
  }
  async function undo(sceneId: string): Promise<void> {
    const all = past.value[sceneId] ?? []
    const before = all.at(-1)
    if (before === undefined) return
    await send(sceneId, before)
    past.value[sceneId] = all.slice(0, -1)
  }

  async function send(sceneId: string, repairs: SceneRepairs): Promise<void> {
    sent.value[sceneId] = repairs
    try {
      await request('scene.repair', { sceneId, repairs })
    } finally {
      // a later change may have overtaken this one
      if (JSON.stringify(sent.value[sceneId]) === JSON.stringify(repairs)) delete sent.value[sceneId]
    }
  }
  return { past, sent, repairsOf, change, canUndo, undo }
})
