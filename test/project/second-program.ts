import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'
import { afterAll, beforeAll, onTestFinished } from 'vitest'
import { projectRoot } from '../../src/main/common/project-root'

/** Builds the second program for a test file. @returns how to start it on a project's folder */
export function secondProgram(name: string): (folder: string, order?: 'change') => ChildProcess {
  // below the project, because the program looks for its own package.json above itself
  const built = join(projectRoot, 'out', `test-${name}`)
  beforeAll(async () => {
    await build({
      configFile: false, root: projectRoot, logLevel: 'silent',
      build: { ssr: 'test/project/project-child.ts', outDir: built, emptyOutDir: true, rolldownOptions: { output: { entryFileNames: '[name].mjs' } } },
    })
  })
  afterAll(() => { rmSync(built, { recursive: true, force: true }) })
  return (folder, order) => {
    const child = fork(join(built, 'project-child.mjs'), order === undefined ? [folder] : [folder, order])
    onTestFinished(() => { child.kill('SIGKILL') })
    return child
  }
}

/** The next thing that the second program tells. */
export async function told(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, 'message') as unknown[]
  return message
}

/** Kills it as a crash would and waits for its end. */
export async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}
