import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { projectRoot } from '../common/project-root'

/** The mark that the set-up leaves beside the library. */
const MARKER = join(projectRoot, 'node_modules', '@tensorflow', 'tfjs-node-gpu', 'deps', 'dacn-runtime.json')

const markerSchema = z.object({ tensorflow: z.string(), variant: z.enum(['cpu', 'cuda']) })
export type TensorflowRuntime = z.infer<typeof markerSchema>

/** Which TensorFlow library is installed, without loading it; null when there is none or it came in another way. */
export async function installedRuntime(): Promise<TensorflowRuntime | null> {
  try {
    return markerSchema.parse(JSON.parse(await readFile(MARKER, 'utf8')))
  } catch {
    return null
  }
}
