import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ChildProcessHost } from '../../src/main/jobs/child-process-host'
import { syntheticScene } from '../memory-scene'
import { writeMat } from './mat-scene'
import { run } from './run'
import { temporaryFolder } from './scenes'

const folder = await temporaryFolder()
const [ROWS, COLS, BANDS] = [610, 340, 103]

interface Told {
  rows: { name: string; quality: Record<string, number>; consistencyDb: number }[]
  fineTuning: { steps: number; verdict: { methods: object[] } | null }
}

describe('dacn evaluate --protocol', () => {
  it('fine-tunes and sharpens a scene of the real size in job processes', async () => {
    const values = syntheticScene(ROWS, COLS, BANDS, 3)
    const scene = await writeMat(join(folder, 'PaviaU.mat'), [{
      name: 'paviaU', rows: ROWS, cols: COLS, bands: BANDS, value: (row, col, band) => Math.max(0, Math.round(values[(row * COLS + col) * BANDS + band] as number)),
    }])
    // a run goes on to its first validation, after five steps, however short its time
    const { exitCode, err, lines } = await run(['evaluate', '--protocol', 'pavia-university', scene, '--minutes', '0.05', '--json'], { jobs: new ChildProcessHost() })
    expect(err).toBe('')
    expect(exitCode).toBe(0)
    const { rows, fineTuning } = lines.at(-1) as unknown as Told
    expect(fineTuning.steps).toBeGreaterThanOrEqual(5)
    expect(fineTuning.verdict?.methods).toHaveLength(4)
    const of = (name: string): Told['rows'][number] => rows.find((row) => row.name === name) as Told['rows'][number]
    expect(of('back-projection').quality.psnr).toBeGreaterThan(of('bicubic').quality.psnr as number)
    for (const ours of ['studio, base weights', 'studio, fine-tuned']) {
      expect(of(ours).quality.psnr).toBeGreaterThan(of('bicubic').quality.psnr as number)
      expect(of(ours).consistencyDb).toBeGreaterThan(80)
    }
  })
})
