import { availableParallelism } from 'node:os'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const shared = { environment: 'node' as const, globalSetup: ['test/global-setup.ts'], pool: 'forks' as const }

/** The library's own choice leaves a core alone: of two, one would do everything. */
const FAST_WORKERS = Math.max(2, availableParallelism() - 1)

// TensorFlow loads once per process and spreads over all cores, so test files run in processes of their own.
export default defineConfig({
  test: {
    projects: [
      // with the plugin for the components of the window; their tests ask for a DOM in their first line
      { plugins: [vue()], test: { ...shared, name: 'fast', maxWorkers: FAST_WORKERS, include: ['test/**/*.test.ts'], exclude: ['test/**/*.slow.test.ts'], testTimeout: 30_000 } },
      { test: { ...shared, name: 'slow', include: ['test/**/*.slow.test.ts'], testTimeout: 600_000, hookTimeout: 600_000, fileParallelism: false } },
      // the built application in real Electron: one window at a time
      { test: { ...shared, globalSetup: [...shared.globalSetup, 'test/e2e/virtual-display.ts'], name: 'e2e', include: ['test/**/*.e2e.ts'], testTimeout: 300_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
})
