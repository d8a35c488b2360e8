import type { ProjectView } from '../../preload/contract'
import { text } from '../text'
import type { ProjectItem } from './project-items'
import { isContinuable } from './unfinished'

export type ItemAction =
  | 'open' | 'cube' | 'compare-maps' | 'fine-tune' | 'upscale' | 'compare-runs' | 'continue' | 'open-model' | 'export' | 'relink' | 'show' | 'rename' | 'remove' | 'trash'

export interface MenuEntry {
  action: ItemAction
  label: string
  /** Keys that do the same in the list. */
  accelerator: string | null
  disabled: boolean
  /** A line above it. */
  separated: boolean
}

/** Fine-tuned runs that one page can compare. */
const COMPARED = { least: 2, most: 6 }

/** What can be done with one line of a list, or with several marked ones of it. */
export function itemMenu(items: ProjectItem[], project: ProjectView): MenuEntry[] {
  const [first] = items
  if (first === undefined) return []
  const entries = items.length === 1 ? entriesForOne(first, project) : entriesForMany(items)
  const removable = items.filter(({ shipped }) => !shipped)
  if (removable.length === 0) return entries
  return [
    ...entries,
    entry('remove', items.length === 1 ? text.workspace.menu[first.kind === 'result' ? 'removeFromList' : 'remove'] : text.workspace.menu.removeMany(removable.length), {
      accelerator: 'Delete', separated: true, disabled: removable.some((item) => isUnderWay(item, project)),
    }),
    ...(items.length === 1 && first.kind === 'result' ? [entry('trash', text.workspace.menu.trash, { disabled: isUnderWay(first, project) })] : []),
  ]
}

function entriesForOne(item: ProjectItem, project: ProjectView): MenuEntry[] {
  const { menu } = text.workspace
  const rename = item.shipped ? [] : [entry('rename', menu.rename, { accelerator: 'F2', separated: true })]
  const open = entry('open', menu.open, { accelerator: 'Enter' })
  switch (item.kind) {
    case 'scene': {
      const state = project.scenes.find(({ id }) => id === item.id)?.state
      const lost = state === 'missing' || state === 'changed'
      return [
        open, entry('cube', menu.cube, { disabled: state === 'missing' }), entry('compare-maps', menu.compareMaps, { disabled: state === 'missing' }), entry('fine-tune', menu.fineTune, { disabled: state === 'missing' }), entry('upscale', menu.upscale, { disabled: state === 'missing' }),
        ...(lost ? [entry('relink', menu.relink, { separated: true })] : []), entry('show', menu.show, { separated: !lost, disabled: state === 'missing' }), ...rename,
      ]
    }
    case 'model':
      return [open, entry('upscale', menu.upscaleWith, { disabled: project.scenes.length === 0 }), entry('fine-tune', menu.tuneFrom, { disabled: project.scenes.length === 0 }), entry('export', menu.export, { separated: true }), ...rename]
    case 'run': {
      const run = project.runs.find(({ id }) => id === item.id)
      return [
        open, ...(isContinuable(run?.state ?? '') ? [entry('continue', menu.continue)] : []), ...(run?.modelId == null ? [] : [entry('open-model', menu.openModel)]), ...rename,
      ]
    }
    case 'result': {
      const result = project.results.find(({ id }) => id === item.id)
      const written = result !== undefined && result.paths.length > 0 && !result.missing
      return [open, entry('cube', menu.cube, { disabled: result?.state !== 'done' || !written }), entry('compare-maps', menu.compareMaps, { disabled: result?.state !== 'done' || !written }), ...(isContinuable(result?.state ?? '') ? [entry('continue', menu.continue)] : []), entry('show', menu.show, { disabled: !written }), ...rename]
    }
  }
}

function entriesForMany(items: ProjectItem[]): MenuEntry[] {
  const { menu } = text.workspace
  switch ((items[0] as ProjectItem).kind) {
    case 'scene': return [entry('fine-tune', menu.fineTuneMany(items.length)), entry('upscale', menu.upscaleMany(items.length))]
    case 'run': return [entry('compare-runs', menu.compareRuns(items.length), { disabled: items.length < COMPARED.least || items.length > COMPARED.most })]
    case 'model': case 'result': return []
  }
}

function entry(action: ItemAction, label: string, rest: Partial<MenuEntry> = {}): MenuEntry {
  return { action, label, accelerator: null, disabled: false, separated: false, ...rest }
}

function isUnderWay({ kind, id }: ProjectItem, { runs, results }: ProjectView): boolean {
  const outcome = kind === 'run' ? runs.find((run) => run.id === id) : kind === 'result' ? results.find((result) => result.id === id) : undefined
  return outcome !== undefined && outcome.state !== 'done' && !isContinuable(outcome.state)
}
