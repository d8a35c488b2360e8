import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cacheFolder } from '../../src/main/cli/doctor-findings'
import { StudioError } from '../../src/main/common/errors'
import { projectRoot } from '../../src/main/common/project-root'
import { InProcessHost } from '../../src/main/jobs/in-process-host'
import type { JobResults } from '../../src/main/jobs/job-result'
import { serveJob } from '../../src/main/workers/serve-job'
import { selfTestResult } from '../jobs/specs'
import { run } from './run'

const refuse = (): Promise<never> => Promise.reject(new Error('not this one'))

function hostWith(selfTest: () => Promise<JobResults['self-test']>): InProcessHost {
  return new InProcessHost((port) => { serveJob(port, { train: refuse, upscale: refuse, prepare: refuse, analyse: refuse, 'self-test': selfTest }) })
}

describe('dacn doctor', () => {
  it('lists what is there', async () => {
    const { exitCode, lines } = await run(['doctor', '--json'], { jobs: hostWith(() => Promise.resolve({ ...selfTestResult, tensorflow: '2.21.0', devices: ['CPU:0'] })) })
    expect(exitCode).toBe(0)
    const { findings } = lines.at(-1) as unknown as { findings: { name: string; state: string; value: string }[] }
    expect(findings.map(({ name }) => name)).toEqual([
      'Node', 'platform', 'processor', 'memory', 'disk', 'cache', 'GDAL', 'NVIDIA driver', 'TensorFlow', 'devices', 'self-test',
    ])
    expect(findings.find(({ name }) => name === 'Node')?.value).toBe(process.versions.node)
    expect(lines.at(-1)).toMatchObject({ type: 'result', ok: true })
  })

  it('ends with code 8 and the remedy when TensorFlow is missing, after telling the rest', async () => {
    const jobs = hostWith(() => Promise.reject(new StudioError('missing-runtime', 'TensorFlow could not be loaded.', { remedy: 'Run `npm run setup`.' })))
    const { exitCode, out, err } = await run(['doctor'], { jobs })
    expect(exitCode).toBe(8)
    expect(out).toMatch(/MISSING {2}self-test +TensorFlow could not be loaded\.\n +Run `npm run setup`\./)
    expect(out).toContain('Node')
    expect(err).toContain('What to do: Run `npm run setup`.')
  })

  it('ends with code 130 when it is cancelled', async () => {
    const { exitCode } = await run(['doctor'], { jobs: hostWith(() => Promise.resolve(selfTestResult)), signal: AbortSignal.abort() })
    expect(exitCode).toBe(130)
  })
})

describe('the cache folder', () => {
  const cases: [NodeJS.Platform, NodeJS.ProcessEnv][] = [
    ['linux', {}], ['linux', { XDG_CACHE_HOME: '/x' }], ['linux', { XDG_CACHE_HOME: '' }], ['linux', { DACN_CACHE: '/y', XDG_CACHE_HOME: '/x' }],
    ['darwin', {}], ['darwin', { DACN_CACHE: '/y' }], ['win32', {}], ['win32', { LOCALAPPDATA: '/z' }],
  ]

  it.each(cases)('is the one that the set-up uses: %s %j', async (system, env) => {
    const setup = (await import(pathToFileURL(join(projectRoot, 'scripts', 'setup', 'platforms.mjs')).href)) as {
      cacheFolder: (facts: { system: string; env: NodeJS.ProcessEnv; home: string }) => string
    }
    expect(cacheFolder(system, env, '/home/p')).toBe(setup.cacheFolder({ system, env, home: '/home/p' }))
  })
})
