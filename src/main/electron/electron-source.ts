import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'

const markerSchema = z.object({ source: z.string() })

/** Where the running Electron came from: 'official', or what the set-up wrote beside the one that it took for trying out. */
export function electronSource(executable: string): string {
  try {
    return markerSchema.parse(JSON.parse(readFileSync(join(dirname(executable), 'dacn-electron.json'), 'utf8'))).source
  } catch {
    return 'official'
  }
}
