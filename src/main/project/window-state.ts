import { join } from 'node:path'
import { z } from 'zod'
import { readConfigFile, writeConfigFile } from './config-file'

/** Where the window was, in screen points, while it was not maximised. */
const windowStateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) }),
  maximised: z.boolean(),
})
export type WindowState = z.infer<typeof windowStateSchema>

const fileIn = (configFolder: string): string => join(configFolder, 'window.json')

/** null when nothing (useful) was kept. Whether a screen is there still is for the caller to check. */
export async function readWindowState(configFolder: string): Promise<WindowState | null> {
  const parsed = windowStateSchema.safeParse((await readConfigFile(fileIn(configFolder))).json)
  return parsed.success ? parsed.data : null
}

/** Throws 'io'. */
export async function writeWindowState(configFolder: string, state: WindowState): Promise<void> {
  await writeConfigFile(fileIn(configFolder), state)
}
