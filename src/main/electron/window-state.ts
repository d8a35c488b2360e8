import { readFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'
import { writeFileAtomic } from '../common/atomic-file'

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int().positive(), height: z.int().positive() })
const windowStateSchema = z.object({ bounds: boundsSchema, maximised: z.boolean() })
/** Where the window was when it was last closed; `bounds` in screen points, those before it was maximised. */
export type WindowState = z.infer<typeof windowStateSchema>

export const SMALLEST_WINDOW = { width: 1000, height: 640 } as const
const FIRST_WINDOW = { width: 1440, height: 900 }

/** null when there is none or it is not readable: the window then opens as for the first time. */
export function readWindowState(file: string): WindowState | null {
  try {
    return windowStateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

export async function saveWindowState(file: string, window: BrowserWindow): Promise<void> {
  const state: WindowState = { bounds: window.getNormalBounds(), maximised: window.isMaximized() }
  await writeFileAtomic(file, `${JSON.stringify(state, null, 2)}\n`)
}

/**
 * Bounds for a new window: the remembered ones where a screen still shows most of them, else centred on `screens[0]`; never
 * larger than the screen, never smaller than `SMALLEST_WINDOW`. `screens`: work areas, the main one first.
 */
export function boundsFor(state: WindowState | null, screens: readonly Rectangle[]): Rectangle {
  const kept = state?.bounds
  const home = (kept && screens.find((screen) => overlap(kept, screen) > 0.5 * kept.width * kept.height)) ?? screens[0]
  const wanted = kept ?? FIRST_WINDOW
  if (home === undefined) return { x: 0, y: 0, ...FIRST_WINDOW }
  const width = Math.max(SMALLEST_WINDOW.width, Math.min(wanted.width, home.width))
  const height = Math.max(SMALLEST_WINDOW.height, Math.min(wanted.height, home.height))
  const stays = kept !== undefined && overlap(kept, home) > 0.5 * kept.width * kept.height
  const x = stays ? clamp(kept.x, home.x, home.x + home.width - width) : home.x + Math.round((home.width - width) / 2)
  const y = stays ? clamp(kept.y, home.y, home.y + home.height - height) : home.y + Math.round((home.height - height) / 2)
  return { x, y, width, height }
}

function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return Math.max(0, width) * Math.max(0, height)
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high))
}
