import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { describeReceipt } from '../../src/main/cli/receipt-text'
import type { Receipt } from '../../src/main/jobs/job-event'
import { JobRecord } from '../../src/main/jobs/job-record'
import type { JobHost } from '../../src/main/jobs/job-host'
import type { UpscaleResult } from '../../src/main/jobs/job-result'
import { run } from './run'
import { temporaryFolder, writeEnvi } from './scenes'

const receipt: Receipt = {
  consistency: { psnr: 84.25, bandPsnr: [84.25], maxDifference: 0.5, allowedDifference: 0.508, threshold: 81, clamped: 3, validityErrors: 0, passed: true },
  alignment: { rows: -0.0001, cols: 0.0123, passed: true, threshold: 0.05 },
  fields: [{ field: 'size', kept: true, note: '' }, { field: 'Software', kept: false, note: 'ENVI has no such field.' }],
  sha256: 'ab12', pixels: 480,
}
const result: UpscaleResult = { files: ['/out.tif'], sizeBytes: 5e6, rows: 20, cols: 24, bands: 2, tiles: 1, seconds: 3, clamped: 3, dropped: [], receipt }

/** A host whose job is done at once; keeps what it was asked for. */
function hostOf(outcome: UpscaleResult): { host: JobHost; specs: unknown[] } {
  const specs: unknown[] = []
  const host: JobHost = {
    start: (kind, spec, listener = {}) => {
      specs.push(spec)
      const job = new JobRecord(kind, listener)
      job.moveTo('running')
      job.finish(outcome)
      return Object.assign(job, { pause: () => undefined, resume: () => undefined, cancel: () => undefined, stopAndKeep: () => undefined })
    },
  }
  return { host, specs }
}

describe('dacn upscale', () => {
  it('prints the receipt, and gives all of it as JSON', async () => {
    const folder = await temporaryFolder()
    const scene = await writeEnvi(join(folder, 'scene'), { rows: 10, cols: 12, bands: 4 })
    const command = ['upscale', scene, join(folder, 'out.tif'), '--model', folder]
    const { host, specs } = hostOf(result)
    const shown = await run(command, { jobs: host })
    expect(shown.exitCode).toBe(0)
    expect(shown.out).toContain('consistency  passed: 84.3 dB, largest difference 0.5 (at most 0.508), 3 values at the limit of the type over 480 pixels')
    expect(shown.out).toContain('alignment    passed: 0.000 rows, 0.012 columns')
    expect(shown.out).toContain('header       1 of 2 fields kept\n             Software: ENVI has no such field.\nsha256       ab12')
    expect(specs[0]).not.toHaveProperty('receipt')
    const told = await run([...command, '--json'], { jobs: host })
    expect(told.lines[told.lines.length - 1]).toMatchObject({ type: 'result', receipt })
  })

  it('passes on bands, and that nobody wants a receipt', async () => {
    const folder = await temporaryFolder()
    const scene = await writeEnvi(join(folder, 'scene'), { rows: 10, cols: 12, bands: 4 })
    const { host, specs } = hostOf({ ...result, receipt: null })
    const shown = await run(['upscale', scene, join(folder, 'out.tif'), '--model', folder, '--bands', '3,0-1', '--no-receipt'], { jobs: host })
    expect(specs[0]).toMatchObject({ bands: [3, 0, 1], receipt: false })
    expect(shown.out).not.toContain('consistency')
  })

  it('continues into a name only what was left unfinished under it', async () => {
    const folder = await temporaryFolder()
    const scene = await writeEnvi(join(folder, 'scene'), { rows: 10, cols: 12, bands: 4 })
    const { host, specs } = hostOf(result)
    const out = join(folder, 'precious.tif')
    const command = ['upscale', scene, out, '--model', folder, '--resume']
    expect(await run(command, { jobs: host })).toMatchObject({ exitCode: 0 })
    await writeFile(out, 'precious')
    expect(await run(command, { jobs: host })).toMatchObject({ exitCode: 2, err: expect.stringContaining('exists already') as string })
    await writeFile(`${out}.part`, '')
    await writeFile(`${out}.part.journal`, '')
    expect(await run(command, { jobs: host })).toMatchObject({ exitCode: 0 })
    expect(specs).toHaveLength(2)
  })

  it('stores values in the order that the extension names, and says at once what can not be written', async () => {
    const folder = await temporaryFolder()
    const scene = await writeEnvi(join(folder, 'scene'), { rows: 10, cols: 12, bands: 4 })
    const { host, specs } = hostOf(result)
    for (const name of ['out.bip', 'out.bil', 'out.img', 'out.tif']) await run(['upscale', scene, join(folder, name), '--model', folder], { jobs: host })
    expect(specs).toMatchObject([{ interleave: 'bip' }, { interleave: 'bil' }, { interleave: 'bsq' }, { interleave: 'bsq' }])
    expect(await run(['upscale', scene, join(folder, 'out.bip'), '--model', folder, '--interleave', 'bsq'], { jobs: host })).toMatchObject({ exitCode: 2, err: expect.stringContaining('the extension says bip') as string })
    expect(await run(['upscale', scene, join(folder, 'out.xyz'), '--model', folder], { jobs: host })).toMatchObject({ exitCode: 2, err: expect.stringContaining('names no format') as string })
    expect(specs).toHaveLength(4)
  })

  it('passes on the quality and where the expected errors go', async () => {
    const folder = await temporaryFolder()
    const scene = await writeEnvi(join(folder, 'scene'), { rows: 10, cols: 12, bands: 4 })
    const { host, specs } = hostOf(result)
    const command = ['upscale', scene, join(folder, 'out.tif'), '--model', folder]
    await run(command, { jobs: host })
    await run([...command, '--uncertainty', join(folder, 'error.tif')], { jobs: host })
    await run([...command, '--quality', 'fast'], { jobs: host })
    expect(specs).toMatchObject([{ quality: 'best' }, { quality: 'best', uncertainty: join(folder, 'error.tif') }, { quality: 'fast' }])
    expect(specs[0]).not.toHaveProperty('uncertainty')
  })

  it('refuses a place for the expected errors that can not be', async () => {
    const folder = await temporaryFolder()
    const scene = await writeEnvi(join(folder, 'scene'), { rows: 10, cols: 12, bands: 4 })
    const { host, specs } = hostOf(result)
    const command = ['upscale', scene, join(folder, 'out.tif'), '--model', folder, '--uncertainty']
    expect(await run([...command, join(folder, 'error.img')], { jobs: host })).toMatchObject({ exitCode: 2, err: expect.stringContaining('written as GeoTIFF') as string })
    expect(await run([...command, join(folder, 'out.tif')], { jobs: host })).toMatchObject({ exitCode: 2, err: expect.stringContaining('can\'t be one file') as string })
    await writeFile(join(folder, 'old.tif'), '')
    expect(await run([...command, join(folder, 'old.tif')], { jobs: host })).toMatchObject({ exitCode: 2, err: expect.stringContaining('exists already') as string })
    expect(specs).toEqual([])
  })
})

describe('the text of a receipt', () => {
  it('says what failed', () => {
    const failed: Receipt = {
      ...receipt,
      consistency: { ...receipt.consistency, psnr: 20, passed: false, allowedDifference: null, threshold: 60, clamped: 0, validityErrors: 7 },
      alignment: { rows: 0.5, cols: 0, passed: false, threshold: 0.05 },
    }
    const [consistency, alignment] = describeReceipt(failed)
    expect(consistency).toMatch(/FAILED: 20\.0 dB \(at least 60\.0 dB\), largest difference 0\.5, 7 values missing where they should not be/)
    expect(alignment).toMatch(/FAILED: 0\.500 rows/)
    expect(describeReceipt({ ...failed, alignment: null, consistency: { ...failed.consistency, psnr: null } }).slice(0, 2)).toEqual([
      'consistency  FAILED: nothing to compare over 480 pixels', 'alignment    not measurable',
    ])
  })
})
