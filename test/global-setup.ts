import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { projectRoot } from '../src/main/common/project-root'

/** The parts of scripts/setup/steps.mjs that are used here. */
interface SetupSteps {
  stepsFor: (root: string, options: { quick: boolean }) => { name: string }[]
  runSteps: (root: string, steps: { name: string }[], how: { deep: boolean }) => Promise<string[]>
}

/**
 * Builds out/ when it is older than src/, once for all test files: job processes, encoding threads and the command line
 * run from there. A build that fails is told and leaves the tests that need no built program to run.
 */
export default async function setup(): Promise<void> {
  const { stepsFor, runSteps } = (await import(pathToFileURL(join(projectRoot, 'scripts', 'setup', 'steps.mjs')).href)) as SetupSteps
  const steps = stepsFor(projectRoot, { quick: true }).filter(({ name }) => name === 'build')
  try {
    await runSteps(projectRoot, steps, { deep: false })
  } catch (error) {
    console.error(`The build failed; tests of built programs will fail too.\n${error instanceof Error ? error.message : String(error)}`)
  }
}
