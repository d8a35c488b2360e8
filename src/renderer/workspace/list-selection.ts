import type { ItemKind } from './project-items'

/** Marked lines of one list, for commands that take several. */
export interface ListSelection {
  kind: ItemKind | null
  ids: string[]
  /** Where a range begins. */
  anchor: string | null
}

export const NOTHING_SELECTED: ListSelection = { kind: null, ids: [], anchor: null }

/** The selection after a click: 'one' alone, 'toggle' with Ctrl, 'range' with Shift. `order`: ids as they stand in the list. */
export function select(before: ListSelection, kind: ItemKind, order: string[], id: string, how: 'one' | 'toggle' | 'range'): ListSelection {
  const same = before.kind === kind
  if (how === 'toggle' && same) {
    const ids = before.ids.includes(id) ? before.ids.filter((one) => one !== id) : order.filter((one) => one === id || before.ids.includes(one))
    return { kind, ids, anchor: id }
  }
  const anchor = before.anchor
  if (how === 'range' && same && anchor !== null && order.includes(anchor)) {
    const [from, to] = [order.indexOf(anchor), order.indexOf(id)].sort((p, q) => p - q)
    return { kind, ids: order.slice(from, (to ?? 0) + 1), anchor }
  }
  return { kind, ids: [id], anchor: id }
}

/** Without those that are gone. */
export function keepSelected(before: ListSelection, existing: ReadonlySet<string>): ListSelection {
  const ids = before.ids.filter((id) => existing.has(id))
  return ids.length === before.ids.length ? before : { ...before, ids }
}
