import type { Page } from './navigation-store'
import type { ListSelection } from './list-selection'

interface Known {
  scenes: { id: string; state: string }[]
  runs: { id: string; sceneIds: string[] }[]
  results: { id: string; sceneId: string }[]
}

/** The scenes that a command without further words means: several marked ones, else those of the page, else a marked one, else the first that can be read. */
export function targetScenes(page: Page, selection: ListSelection, { scenes, runs, results }: Known): string[] {
  const marked = selection.kind === 'scene' ? selection.ids : []
  const candidates = [marked.length > 1 ? marked : [], scenesOfPage(page, runs, results), marked, scenes.filter(({ state }) => state === 'ready').map(({ id }) => id).slice(0, 1)]
  return candidates.map((ids) => ids.filter((id) => scenes.some((scene) => scene.id === id))).find((ids) => ids.length > 0) ?? []
}

function scenesOfPage(page: Page, runs: Known['runs'], results: Known['results']): string[] {
  switch (page.kind) {
    case 'scene': case 'cube': case 'compare': return [page.sceneId]
    case 'fine-tune': case 'upscale': return page.sceneIds
    case 'run': return runs.find(({ id }) => id === page.runId)?.sceneIds ?? []
    case 'result': return results.filter(({ id }) => id === page.resultId).map(({ sceneId }) => sceneId)
    case 'overview': case 'compare-runs': case 'model': case 'settings': case 'about': return []
  }
}
