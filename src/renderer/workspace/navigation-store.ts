import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What the main area shows. */
export type Page =
  | { kind: 'overview' }
  | { kind: 'scene'; sceneId: string }
  /** The plan of a new fine-tuning. */
  | { kind: 'fine-tune'; sceneIds: string[]; baseModelId?: string }
  | { kind: 'run'; runId: string }
  | { kind: 'compare-runs'; runIds: string[] }
  | { kind: 'model'; modelId: string }
  /** The plan of a new upscaling. */
  | { kind: 'upscale'; sceneIds: string[]; modelId?: string }
  | { kind: 'result'; resultId: string }
  /** The scene as a 3-D cube, or a result of it. */
  | { kind: 'cube'; sceneId: string; resultId?: string }
  /** Linked maps over the ground of a scene. */
  | { kind: 'compare'; sceneId: string }
  | { kind: 'settings' }
  | { kind: 'about' }

/** Where the user is, and the way back. */
export const useNavigationStore = defineStore('navigation', () => {
  const page = ref<Page>({ kind: 'overview' })
  const past = ref<Page[]>([])
  const future = ref<Page[]>([])

  function go(next: Page): void {
    if (JSON.stringify(next) === JSON.stringify(page.value)) return
    past.value.push(page.value)
    future.value = []
    page.value = next
  }
  function back(): void {
    const previous = past.value.pop()
    if (previous === undefined) return
    future.value.push(page.value)
    page.value = previous
  }
  function forward(): void {
    const next = future.value.pop()
    if (next === undefined) return
    past.value.push(page.value)
    page.value = next
  }
  /** `id` was removed: its pages are neither shown nor returned to. Who was on one sees what is left of the project. */
  function leave(id: string): void {
    const isLeft = (one: Page): boolean => subjectOf(one) === id
    past.value = past.value.filter((one) => !isLeft(one))
    future.value = future.value.filter((one) => !isLeft(one))
    if (isLeft(page.value)) page.value = { kind: 'overview' }
  }
  /** Another project: nothing of the old one may be returned to. */
  function restart(): void {
    page.value = { kind: 'overview' }
    past.value = []
    future.value = []
  }
  return { page, past, future, go, back, forward, leave, restart }
})

/** The scene, run, model or result that a page is about and is nothing without; null when it is about none or several. */
function subjectOf(page: Page): string | null {
  switch (page.kind) {
    case 'scene': case 'compare': return page.sceneId
    case 'run': return page.runId
    case 'model': return page.modelId
    case 'result': return page.resultId
    case 'cube': return page.resultId ?? page.sceneId
    case 'fine-tune': case 'upscale': return page.sceneIds.length === 1 ? (page.sceneIds[0] ?? null) : null
    case 'overview': case 'compare-runs': case 'settings': case 'about': return null
  }
}
