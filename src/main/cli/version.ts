import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../common/project-root'

export const version = (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version

/** The line that outputs carry about their origin. */
export function historyLine(what: string): string {
  return `DACN Studio ${version}: ${what}`
}
