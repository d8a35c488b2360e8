import type { ProjectView } from '../../preload/contract'
import { text } from '../text'
import type { Page } from './navigation-store'

export interface Crumb {
  label: string
  /** Where it leads; null for where the user is, and for headings. */
  page: Page | null
}

type Named = Pick<ProjectView, 'name' | 'scenes' | 'models' | 'runs' | 'results'>

/** The way from the project to a page, the page last. */
export function breadcrumbs(page: Page, project: Named | null): Crumb[] {
  const here = crumbsOf(page, project)
  return project === null ? here : [{ label: project.name, page: page.kind === 'overview' ? null : { kind: 'overview' } }, ...here]
}

function crumbsOf(page: Page, project: Named | null): Crumb[] {
  const { sections, pages } = text.workspace
  const heading = (label: string): Crumb => ({ label, page: null })
  const nameOf = (list: { id: string; name: string }[] | undefined, id: string): string => list?.find((one) => one.id === id)?.name ?? pages.gone
  /** One scene by its name, on the way to what is planned for it; several by their number. */
  const scenes = (ids: string[]): Crumb => {
    const [id] = ids
    return id !== undefined && ids.length === 1 ? { label: nameOf(project?.scenes, id), page: { kind: 'scene', sceneId: id } } : heading(pages.scenes(ids.length))
  }
  switch (page.kind) {
    case 'overview': return []
    case 'scene': return [heading(sections.scene), heading(nameOf(project?.scenes, page.sceneId))]
    case 'fine-tune': return [scenes(page.sceneIds), heading(pages.fineTune)]
    case 'run': return [heading(sections.run), heading(nameOf(project?.runs, page.runId))]
    case 'compare-runs': return [heading(sections.run), heading(pages.compare(page.runIds.length))]
    case 'model': return [heading(sections.model), heading(nameOf(project?.models, page.modelId))]
    case 'upscale': return [scenes(page.sceneIds), heading(pages.upscale)]
    case 'result': return [heading(sections.result), heading(nameOf(project?.results, page.resultId))]
    case 'cube': {
      const result = project?.results.find(({ id }) => id === page.resultId)
      return [result === undefined ? scenes([page.sceneId]) : { label: result.name, page: { kind: 'result', resultId: result.id } }, heading(text.cube.name)]
    }
    case 'compare': return [scenes([page.sceneId]), heading(text.linked.title)]
    case 'settings': return [heading(pages.settings)]
    case 'about': return [heading(pages.about)]
  }
}
