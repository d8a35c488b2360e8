import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { platform, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { benchScript, type Walk } from './bench-scripts'

const { keepCurves, middleWalk, oneClickCsv } = await benchScript('one-click-curves.mjs')
const { childSeconds } = await benchScript('child-time.mjs')

const lines = { bicubic: 37.7, backProjection: 38.5, base: 40.3 }
const curve = [{ seconds: 4, step: 0, psnr: 40.3 }, { seconds: 40, step: 30, psnr: 41.25 }]
const walk = (result: number): Walk => ({ first: 5, verdict: 60, result, curve, lines })
const demo: Walk = { result: 80, curve, lines }

it('takes the walk of the median time', () => {
  expect(middleWalk([walk(90), walk(70), walk(80)]).result).toBe(80)
  // the quicker of two: no walk lies between
  expect(middleWalk([walk(90), walk(70)]).result).toBe(70)
})

it('lists every validation and moment of every walk', () => {
  expect(oneClickCsv([walk(70), walk(90)], [demo]).trimEnd().split('\n')).toEqual([
    'where,run,what,seconds,step,psnr_db',
    ...[[1, '70.00'], [2, '90.00']].flatMap(([run, result]) => [
      `window,${run},validation,4.00,0,40.3000`, `window,${run},validation,40.00,30,41.2500`,
      `window,${run},first,5.00,,`, `window,${run},verdict,60.00,,`, `window,${run},result,${result},,`,
    ]),
    'command line,1,validation,4.00,0,40.3000', 'command line,1,validation,40.00,30,41.2500', 'command line,1,result,80.00,,',
  ])
})

it('draws the middle walks with their moments', () => {
  const folder = mkdtempSync(join(tmpdir(), 'dacn-one-click-'))
  try {
    const [svg, csv] = keepCurves(folder, [walk(70), walk(90), walk(100)], [demo])
    const drawn = readFileSync(svg as string, 'utf8')
    for (const words of ['first picture, 5.0 s', 'verdict, 60 s', 'result, 90 s', 'shipped weights']) expect(drawn).toContain(words)
    expect(drawn.match(/<polyline/g)).toHaveLength(2)
    expect(readFileSync(csv as string, 'utf8')).toContain('window,3,result,100.00,,')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

it.skipIf(platform() !== 'linux')('counts the processor\'s seconds of children that have ended', () => {
  const before = childSeconds() ?? NaN
  execFileSync(process.execPath, ['-e', 'const end = process.cpuUsage().user + 3e5; while (process.cpuUsage().user < end);'])
  expect((childSeconds() ?? NaN) - before).toBeGreaterThan(0.25)
})
