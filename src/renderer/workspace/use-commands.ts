import { ACCELERATORS } from '../../preload/accelerators-contract'
import type { Command } from '../../preload/contract'
import { request } from '../shared/client'
import { useSettingsStore } from '../shared/settings-store'
import { useFailure } from '../shared/show-failure'
import { useThemeName } from '../shared/theme'
import { targetScenes } from './command-targets'
import { useItemsStore } from './items-store'
import { useNavigationStore, type Page } from './navigation-store'
import { useProjectStore } from './project-store'
import { useRemovalsStore } from './removals-store'
import { useWindowStore } from './window-store'

const NEED_PROJECT: readonly Command[] = ['close-project', 'import-scenes', 'fine-tune', 'upscale', 'next-page', 'previous-page']

/** For components: carries out what menus, shortcuts and the command palette ask for. */
export function useCommands() {
  const project = useProjectStore()
  const navigation = useNavigationStore()
  const items = useItemsStore()
  const open = useWindowStore()
  const settings = useSettingsStore()
  const removals = useRemovalsStore()
  const theme = useThemeName()
  const { attempt } = useFailure()

  const targets = (): string[] => targetScenes(navigation.page, open.selection, project)

  /** Through the pages of the lists, in their order, the overview first. */
  function turn(step: 1 | -1): void {
    const pages: Page[] = [{ kind: 'overview' }, ...items.all.map(({ page }) => page)]
    const at = pages.findIndex((page) => JSON.stringify(page) === JSON.stringify(navigation.page))
    const next = pages[(Math.max(at, 0) + step + pages.length) % pages.length]
    if (next !== undefined) navigation.go(next)
  }

  /** What needs a scene leads to the import while there is none. */
  function withScenes(go: (sceneIds: string[]) => void): void {
    const sceneIds = targets()
    if (sceneIds.length > 0) go(sceneIds)
    else open.openImport(null)
  }

  const actions: Record<Command, () => void> = {
    'new-project': () => { void attempt(() => request('project.create', null)) },
    'open-project': () => { void attempt(() => request('project.open', null)) },
    'open-sample': () => { void attempt(() => request('project.openSample', null)) },
    'close-project': () => { void attempt(() => request('project.close', null)) },
    'import-scenes': () => { open.openImport(null) },
    'fine-tune': () => { withScenes((sceneIds) => { navigation.go({ kind: 'fine-tune', sceneIds }) }) },
    upscale: () => { withScenes((sceneIds) => { navigation.go({ kind: 'upscale', sceneIds }) }) },
    undo: () => { void attempt(removals.undo) },
    'command-palette': () => { open.palette = !open.palette },
    settings: () => { navigation.go({ kind: 'settings' }) },
    about: () => { navigation.go({ kind: 'about' }) },
    shortcuts: () => { open.shortcuts = !open.shortcuts },
    'next-page': () => { turn(1) },
    'previous-page': () => { turn(-1) },
    'toggle-theme': () => { void attempt(() => settings.change({ theme: theme.value === 'dark' ? 'light' : 'dark' })) },
  }

  function isEnabled(command: Command): boolean {
    if (command === 'undo') return project.project?.undo != null
    return project.project !== null || !NEED_PROJECT.includes(command)
  }

  /** Nothing happens where a command makes no sense. */
  function run(command: Command): void {
    if (isEnabled(command)) actions[command]()
  }
  return { run, isEnabled, accelerator: (command: Command): string | null => ACCELERATORS[command] ?? null }
}
