import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './project-root'

/** Of the program, e.g. '0.1.0'. */
export const version = (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version
