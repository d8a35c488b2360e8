import { pathToFileURL } from 'node:url'
import { join } from 'node:path'
import { projectRoot } from '../../src/main/common/project-root'

interface VirtualDisplay {
  hasDisplay: () => boolean
  startVirtualDisplay: () => Promise<{ display: string; end: () => void }>
}

/** One screen in memory for all windows of the lane, unless there is a real one. */
export default async function setup(): Promise<() => void> {
  const { hasDisplay, startVirtualDisplay } = (await import(pathToFileURL(join(projectRoot, 'scripts', 'app', 'virtual-display.mjs')).href)) as VirtualDisplay
  if (hasDisplay()) return () => undefined
  const { display, end } = await startVirtualDisplay()
  process.env.DISPLAY = display
  return end
}
