import type { ElectronApplication } from 'playwright-core'

/** The number of the process that a job runs in; undefined while none runs. */
export function jobProcess(electronApp: ElectronApplication): Promise<number | undefined> {
  return electronApp.evaluate(({ app }) => app.getAppMetrics().find(({ name }) => name?.startsWith('DACN Studio job'))?.pid)
}
