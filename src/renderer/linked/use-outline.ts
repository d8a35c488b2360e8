import { onBeforeUnmount, onMounted, shallowRef, type ShallowRef } from 'vue'
import type { MapPlace } from '../shared/map/map-layer'

const LEAST_CORNERS = 3

/** A polygon that is being drawn. */
export interface Outline {
  /** null while none is drawn. */
  corners: Readonly<ShallowRef<MapPlace[] | null>>
  /** Where the pointer is. */
  trace: Readonly<ShallowRef<MapPlace | null>>
  follow: (place: MapPlace | null) => void
  canClose: () => boolean
  begin: () => void
  corner: (place: MapPlace) => void
  close: () => void
  cancel: () => void
}

/**
 * Draws polygons with clicks on the maps, and with keys wherever the focus is: Enter closes, Escape cancels, Backspace takes
 * the last corner back, Space sets one in the pixel of the cursor. Fewer than three corners can't be closed.
 */
export function useOutline(target: { cursor: () => MapPlace | null; done: (corners: MapPlace[]) => void }): Outline {
  const corners = shallowRef<MapPlace[] | null>(null)
  const trace = shallowRef<MapPlace | null>(null)

  function begin(): void {
    corners.value = []
    trace.value = null
  }
  function cancel(): void {
    corners.value = null
  }
  function corner(place: MapPlace): void {
    if (corners.value !== null) corners.value = [...corners.value, place]
  }
  function canClose(): boolean {
    return (corners.value?.length ?? 0) >= LEAST_CORNERS
  }
  function close(): void {
    if (corners.value === null || !canClose()) return
    target.done(corners.value)
    corners.value = null
  }
  function setAtCursor(): void {
    const cursor = target.cursor()
    if (cursor !== null) corner({ row: cursor.row + 0.5, col: cursor.col + 0.5 })
  }

  const keys: Record<string, () => void> = {
    Enter: close, Escape: cancel, ' ': setAtCursor,
    Backspace: () => { corners.value = corners.value?.slice(0, -1) ?? null },
  }
  function press(event: KeyboardEvent): void {
    const action = keys[event.key]
    if (corners.value === null || action === undefined) return
    // buttons and fields keep their keys; only Escape means the outline everywhere
    if (event.key !== 'Escape' && event.target instanceof Element && event.target.closest('button, input, textarea, [role=radio], [role=switch]') !== null) return
    event.preventDefault()
    event.stopPropagation()
    action()
  }
  // before the map takes Enter for a pin
  onMounted(() => { window.addEventListener('keydown', press, true) })
  onBeforeUnmount(() => { window.removeEventListener('keydown', press, true) })
  return { corners, trace, follow: (place) => { trace.value = place }, canClose, begin, corner, close, cancel }
}
