import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { ModelView, ProjectView, ResultView, SceneView } from '../../preload/contract'
import { listen, request } from '../shared/client'

/** The open project as main last told of it; null on the first screen. */
export const useProjectStore = defineStore('project', () => {
  const project = shallowRef<ProjectView | null>(null)
  listen('project.changed', (changed) => { project.value = changed })

  const scenes = computed<SceneView[]>(() => project.value?.scenes ?? [])
  const models = computed<ModelView[]>(() => project.value?.models ?? [])
  const runs = computed(() => project.value?.runs ?? [])
  const results = computed<ResultView[]>(() => project.value?.results ?? [])
  const scene = (id: string): SceneView | null => scenes.value.find((one) => one.id === id) ?? null
  const model = (id: string): ModelView | null => models.value.find((one) => one.id === id) ?? null
  const run = (id: string): ProjectView['runs'][number] | null => runs.value.find((one) => one.id === id) ?? null
  const result = (id: string): ResultView | null => results.value.find((one) => one.id === id) ?? null

  async function load(): Promise<void> {
    project.value = await request('project.current', null)
  }
  return { project, scenes, models, runs, results, scene, model, run, result, load }
})
