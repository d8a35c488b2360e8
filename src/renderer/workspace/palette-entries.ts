import type { Command, ProjectView } from '../../preload/contract'
import { text } from '../text'
import { fuzzyMatch } from './fuzzy-match'
import { itemMenu } from './item-menu'
import type { ItemKind, ProjectItem } from './project-items'

/** A line of the command palette: something to do, or somewhere to go. */
export type PaletteEntry =
  | { kind: 'command'; key: string; label: string; command: Command }
  | { kind: ItemKind; key: string; label: string; item: ProjectItem }
  /** A page of an item other than its own. */
  | { kind: 'view'; key: string; label: string; item: ProjectItem; action: 'cube' | 'compare-maps' }

export interface PaletteLine {
  entry: PaletteEntry
  /** The label in parts; those that match are marked. */
  parts: { text: string; matched: boolean }[]
}

const MOST = 50

/** The cube and the maps of every scene and result that they can show. */
export function viewEntries(items: readonly ProjectItem[], project: ProjectView): PaletteEntry[] {
  return items.flatMap((item) => itemMenu([item], project).flatMap(({ action, disabled }): PaletteEntry[] => {
    if (disabled || (action !== 'cube' && action !== 'compare-maps')) return []
    return [{ kind: 'view', key: `${action} ${item.id}`, label: text.workspace.palette.views[action](item.name), item, action }]
  }))
}

/** The entries that match, best first; all in their order for an empty query. */
export function paletteLines(entries: PaletteEntry[], query: string): PaletteLine[] {
  return entries
    .flatMap((entry) => {
      const match = fuzzyMatch(query, entry.label)
      return match === null ? [] : [{ entry, match }]
    })
    .sort((p, q) => q.match.score - p.match.score)
    .slice(0, MOST)
    .map(({ entry, match }) => ({ entry, parts: markedParts(entry.label, match.positions) }))
}

function markedParts(label: string, positions: number[]): PaletteLine['parts'] {
  const matched = new Set(positions)
  const parts: PaletteLine['parts'] = []
  for (let i = 0; i < label.length; i++) {
    const last = parts[parts.length - 1]
    if (last?.matched === matched.has(i)) last.text += label.charAt(i)
    else parts.push({ text: label.charAt(i), matched: matched.has(i) })
  }
  return parts
}
