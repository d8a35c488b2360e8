import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { expect, it } from 'vitest'
import { benchScript } from './bench-scripts'

const { watchPeakMb } = await benchScript('memory.mjs')

it.skipIf(!existsSync('/proc/self/status'))('sees the peak memory of a grandchild, and of none with another name', async () => {
  const grandchild = 'Buffer.alloc(200e6, 1); setTimeout(() => {}, 800) // needle'
  const child = spawn(process.execPath, ['-e', `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}])`])
  const found = watchPeakMb(child.pid as number, 'needle')
  const other = watchPeakMb(child.pid as number, 'no such name')
  await once(child, 'close')
  const peak = found()
  expect(peak).toBeGreaterThan(200)
  expect(peak).toBeLessThan(500)
  expect(other()).toBeNaN()
})
