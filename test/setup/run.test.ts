import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'
import { projectRoot } from '../../src/main/common/project-root'
import { setupScript } from './setup-scripts'

const { run } = await setupScript('run.mjs')

it('tells an absent program from a failing one and from one that was ended', async () => {
  expect(await run('no-such-program-of-dacn', [])).toMatchObject({ code: null, missing: true })
  expect(await run(process.execPath, ['-e', 'console.log("out"); process.exit(3)'])).toMatchObject({ code: 3, stdout: 'out\n', missing: false })
  expect(await run(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'], { timeoutMs: 300 })).toMatchObject({ code: null, signal: 'SIGKILL' })
})

it('does not keep the set-up waiting for the time limit of an absent program', () => {
  const script = `import { run } from ${JSON.stringify(pathToFileURL(join(projectRoot, 'scripts/setup/run.mjs')).href)}
    await run('no-such-program-of-dacn', [], { timeoutMs: 20000 })`
  const result = spawnSync(process.execPath, ['--input-type=module', '-e', script], { timeout: 10_000 })
  expect(result.status).toBe(0)
})
