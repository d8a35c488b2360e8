import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { quietContext, type JobContext } from '../../src/main/common/job-context'
import { projectRoot } from '../../src/main/common/project-root'
import { allBands } from '../../src/main/cube/cube-reader'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import type { SampleArray } from '../../src/main/cube/sample-type'
import { openCube } from '../../src/main/formats/registry'
import { ChildProcessHost } from '../../src/main/jobs/child-process-host'
import { parseToJob } from '../../src/main/jobs/messages'
import { runPrepareJob } from '../../src/main/workers/prepare-job'
import { temporaryFolder, writeScene } from './scene-files'

async function allSamples(path: string, variable?: string): Promise<{ samples: SampleArray; interleave: string; sampleType: string; wavelengthNm: number[] | null; nodata: (number | null)[] }> {
  const reader = await openCube(path, variable === undefined ? {} : { variable })
  const samples = await reader.readSamples(wholeWindow(reader.header), allBands(reader.header))
  await reader.close()
  const { interleave, sampleType, wavelengthNm, nodata } = reader.header
  return { samples, interleave, sampleType, wavelengthNm, nodata }
}

const fixtures = join(projectRoot, 'test', 'formats', 'mat-fixtures')

describe('a working copy', () => {
  it('holds the scene as it is stored, line by line, in a folder made for it', async () => {
    const folder = await temporaryFolder()
    const scene = await writeScene(join(folder, 'scene.tif'), { rows: 300, cols: 270, bands: 5, options: { interleave: 'bip', compression: 'deflate' } })
    const out = join(folder, 'cache', 'scene-1', 'copy.img')
    const reports: number[] = []
    const context: JobContext = { ...quietContext(), progress: (_span, done, total) => { reports.push(done / total) } }
    const { files, sizeBytes } = await runPrepareJob({ kind: 'prepare', scene, out }, context)
    expect(files).toEqual([out, out.replace('.img', '.hdr')])
    expect(sizeBytes).toBeGreaterThan(300 * 270 * 5 * 2)
    expect([reports[0], reports.at(-1)]).toEqual([0, 1])
    const [original, copy] = [await allSamples(scene), await allSamples(out)]
    expect(copy).toEqual({ ...original, interleave: 'bil' })
    // an earlier copy is replaced
    await runPrepareJob({ kind: 'prepare', scene, out }, quietContext())
    expect((await readdir(join(folder, 'cache', 'scene-1'))).sort()).toEqual(['copy.hdr', 'copy.img'])
  })

  it('of a MATLAB file is of the variable that was chosen', async () => {
    const out = join(await temporaryFolder(), 'copy.img')
    const scene = join(fixtures, 'two-cubes.mat')
    await runPrepareJob({ kind: 'prepare', scene, variable: 'second', out }, quietContext())
    expect((await allSamples(out)).samples).toEqual((await allSamples(scene, 'second')).samples)
  })

  it('stores signed bytes wider', async () => {
    const folder = await temporaryFolder()
    const scene = await writeScene(join(folder, 'scene.tif'), { rows: 20, cols: 20, bands: 2, type: 'int8' })
    const out = join(folder, 'copy.img')
    await runPrepareJob({ kind: 'prepare', scene, out }, quietContext())
    const copy = await allSamples(out)
    expect(copy.sampleType).toBe('int16')
    expect([...copy.samples]).toEqual([...(await allSamples(scene)).samples])
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const folder = await temporaryFolder()
    const scene = await writeScene(join(folder, 'scene.tif'), { rows: 300, cols: 270, bands: 3 })
    const controller = new AbortController()
    const context: JobContext = { ...quietContext(controller.signal), progress: (_span, done) => { if (done > 0) controller.abort() } }
    await expect(runPrepareJob({ kind: 'prepare', scene, out: join(folder, 'copies', 'copy.img') }, context)).rejects.toMatchObject({ tag: 'cancelled' })
    expect(await readdir(join(folder, 'copies'))).toEqual([])
  })

  it('never replaces the scene', async () => {
    const folder = await temporaryFolder()
    const scene = await writeScene(join(folder, 'scene.img'), { rows: 20, cols: 20, bands: 3 })
    const before = await readFile(scene)
    await expect(runPrepareJob({ kind: 'prepare', scene, out: scene }, quietContext())).rejects.toMatchObject({ tag: 'invalid-argument' })
    expect(await readFile(scene)).toEqual(before)
  })

  it('is made by the built job process', async () => {
    const folder = await temporaryFolder()
    const scene = await writeScene(join(folder, 'scene.tif'), { rows: 40, cols: 30, bands: 3 })
    const out = join(folder, 'copy.img')
    const result = await new ChildProcessHost().start('prepare', { kind: 'prepare', scene, out }).completed
    expect(result.files).toEqual([out, join(folder, 'copy.hdr')])
  })

  it('goes to an ENVI file only', () => {
    const start = (out: string): unknown => parseToJob({ type: 'start', spec: { kind: 'prepare', scene: '/a.tif', out } })
    expect(start('/copy.img')).toBeDefined()
    expect(() => start('/copy.tif')).toThrow('a copy is an .img file')
  })
})
