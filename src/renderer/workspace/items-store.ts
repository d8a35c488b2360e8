import { defineStore } from 'pinia'
import { computed } from 'vue'
import { useJobsStore } from '../shared/jobs-store'
import { ITEM_KINDS, projectItems, type ItemKind, type ProjectItem } from './project-items'
import { useProjectStore } from './project-store'

/** The lines of the project's lists, with the jobs that work for them. */
export const useItemsStore = defineStore('items', () => {
  const project = useProjectStore()
  const jobs = useJobsStore()
  const sections = computed<Record<ItemKind, ProjectItem[]>>(() =>
    (project.project === null ? { scene: [], model: [], run: [], result: [] } : projectItems(project.project, jobs.activeFor)))
  /** In the order of the lists. */
  const all = computed(() => ITEM_KINDS.flatMap((kind) => sections.value[kind]))
  return { sections, all }
})
