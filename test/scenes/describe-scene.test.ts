import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished } from 'vitest'
import { projectRoot } from '../../src/main/common/project-root'
import type { CubeReader } from '../../src/main/cube/cube-reader'
import type { Crs } from '../../src/main/cube/georeference'
import { openCube } from '../../src/main/formats/registry'
import { describeScene } from '../../src/main/scenes/describe-scene'
import { inspectScene } from '../../src/main/scenes/inspect-scene'
import { pixelSize } from '../../src/main/scenes/pixel-size'
import { sceneFactsSchema } from '../../src/main/scenes/scene-facts-schema'
import { needsWorkingCopy } from '../../src/main/scenes/working-copy'
import { writeEnvi } from '../cli/scenes'
import { memoryReader, plainHeader } from '../memory-scene'
import { sharedData, sharedDataReason } from '../shared-data'
import { temporaryFolder, writeScene } from './scene-files'

async function open(path: string): Promise<CubeReader> {
  const reader = await openCube(path)
  onTestFinished(() => reader.close())
  return reader
}

const fixtures = join(projectRoot, 'test', 'formats', 'mat-fixtures')

describe('facts of a scene', () => {
  it('are those of its header', async () => {
    const path = await writeEnvi(join(await temporaryFolder(), 'scene'), { rows: 12, cols: 10, bands: 30 })
    const facts = await describeScene(await open(path))
    expect(sceneFactsSchema.parse(structuredClone(facts))).toEqual(facts)
    expect(facts).toMatchObject({
      format: 'ENVI', rows: 12, cols: 10, bands: 30, sampleType: 'int16', interleave: 'bsq', badBands: new Array<boolean>(30).fill(false),
      crs: { epsg: 32632, kind: 'projected' }, pixelSize: { x: 2, y: 2, unit: 'm' }, rgb: [24, 15, 6], needsWorkingCopy: false, overviews: 'unneeded',
    })
    expect(facts.files).toHaveLength(2)
    expect(facts.sizeBytes).toBeGreaterThan(12 * 10 * 30 * 2)
    expect(facts.metadata).toContainEqual(['wavelength units', 'Nanometers'])
  })

  it('follow the repairs; the raw metadata stay those of the file', async () => {
    const path = await writeEnvi(join(await temporaryFolder(), 'scene'), { rows: 12, cols: 10, bands: 30 })
    const badBands = Array.from({ length: 30 }, (_, band) => band === 24)
    const facts = await describeScene(await open(path), { badBands, nodata: 0 })
    expect(facts.badBands).toEqual(badBands)
    expect(facts.nodata[3]).toBe(0)
    expect(facts.rgb).toEqual([23, 15, 6])
    expect(facts.metadata).toContainEqual(['data ignore value', '-9999'])
    await expect(describeScene(await open(path), { badBands: [true] })).rejects.toMatchObject({ tag: 'invalid-argument' })
  })

  it.skipIf(sharedData('enmap-potsdam') === null)(`of a GeoTIFF name its items by band (${sharedDataReason})`, async () => {
    const facts = await describeScene(await open(sharedData('enmap-potsdam', 'enmap_potsdam_mosaic.tif') as string))
    expect(facts.format).toBe('GeoTIFF')
    expect(facts.crs?.epsg).not.toBeNull()
    expect(facts.pixelSize?.unit).toBe('m')
    expect(facts.metadata.length).toBeGreaterThan(0)
    expect(sceneFactsSchema.safeParse(facts).success).toBe(true)
  })
})

describe('a file that might be imported', () => {
  it('is described, with a fingerprint that depends on its content only', async () => {
    const folder = await temporaryFolder()
    const [first, second] = [await writeScene(join(folder, 'a.tif'), { rows: 20, cols: 20, bands: 3 }), await writeScene(join(folder, 'b.tif'), { rows: 20, cols: 20, bands: 3 })]
    const other = await writeScene(join(folder, 'c.tif'), { rows: 20, cols: 21, bands: 3 })
    const [p, q, r] = await Promise.all([first, second, other].map((path) => inspectScene({ path, variable: null, repairs: {} })))
    expect(p).toMatchObject({ error: null, variables: [], scene: { facts: { rows: 20 } } })
    expect(p?.scene?.fingerprint).toBe(q?.scene?.fingerprint)
    expect(p?.scene?.fingerprint).not.toBe(r?.scene?.fingerprint)
  })

  it('that is a MATLAB file of several cubes lets the user choose', async () => {
    const path = join(fixtures, 'two-cubes.mat')
    const undecided = await inspectScene({ path, variable: null, repairs: {} })
    expect(undecided).toMatchObject({ scene: null, error: { tag: 'invalid-argument' }, variables: ['first', 'second'] })
    const chosen = await inspectScene({ path, variable: 'second', repairs: {} })
    expect(chosen).toMatchObject({ error: null, variables: ['first', 'second'], scene: { facts: { format: 'MATLAB', metadata: [['variable', 'second']] } } })
    expect((await inspectScene({ path: join(fixtures, 'v7.mat'), variable: null, repairs: {} })).variables).toEqual([])
  })

  it.each([
    ['is missing', '/nowhere/scene.hdr', 'not-found'],
    ['is no scene', join(projectRoot, 'package.json'), 'unsupported'],
    ['is a folder', projectRoot, 'unsupported'],
    ['holds no cube', join(fixtures, 'flat-only.mat'), 'unsupported'],
  ])('that %s is an answer', async (_name, path, tag) => {
    expect(await inspectScene({ path, variable: null, repairs: {} })).toMatchObject({ scene: null, error: { tag }, variables: [] })
  })
})

describe('pixel size', () => {
  const crs = (parts: Partial<Crs>): Crs => ({ epsg: null, wkt: null, name: 'x', kind: 'projected', geoKeys: null, ...parts })
  const size = (system: Crs | null): string | undefined => pixelSize({
    transform: { a: 3, b: 0, c: 0, d: 4, e: -2, f: 0 }, crs: system, pixelIsPoint: false, groundControlPoints: [],
  })?.unit

  it('is measured along the raster', () => {
    const transform = { a: 3, b: 0, c: 0, d: 4, e: -2, f: 0 }
    expect(pixelSize({ transform, crs: null, pixelIsPoint: false, groundControlPoints: [] })).toEqual({ x: 5, y: 2, unit: 'map units' })
    expect(pixelSize(null)).toBeNull()
  })

  it('has the unit of the map', () => {
    expect(size(crs({ epsg: 32633 }))).toBe('m')
    expect(size(crs({ epsg: 4326, kind: 'geographic' }))).toBe('°')
    expect(size(crs({ epsg: 2263 }))).toBe('US ft')
    expect(size(crs({ wkt: 'PROJCS["mine",GEOGCS["x",DATUM["y",SPHEROID["z",6378137,298.25]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]],UNIT["chain",20.1168]]' }))).toBe('chain')
    expect(size(crs({}))).toBe('map units')
    expect(size(crs({ kind: 'geographic' }))).toBe('°')
  })
})

describe('a working copy', () => {
  const reader = (rows: number, cols: number, bands: number, compressedBlock?: CubeReader['compressedBlock']): CubeReader => ({
    ...memoryReader(plainHeader(rows, cols, bands, 'int16'), new Float32Array()), compressedBlock,
  })

  it.each([
    ['of a plain file', reader(20_000, 20_000, 5), false],
    ['of many bands pixel by pixel', reader(2000, 2000, 400), true],
    ['of so many that a copy would fill the disk', reader(20_000, 20_000, 300), false],
    ['of a large plane in tiles', reader(20_000, 20_000, 5, { rows: 256, cols: 256, bands: 1 }), false],
    ['of a small compressed one', reader(300, 300, 200, { rows: 300, cols: 300, bands: 200 }), false],
    ['of a large MATLAB array', reader(1000, 1000, 200, { rows: 1000, cols: 1000, bands: 200 }), true],
    ['of planes in tiles', reader(2000, 2000, 200, { rows: 256, cols: 256, bands: 1 }), false],
    ['of planes in one strip each', reader(2000, 2000, 200, { rows: 2000, cols: 2000, bands: 1 }), true],
    ['of pixels compressed together', reader(2000, 2000, 200, { rows: 64, cols: 64, bands: 200 }), true],
  ])('%s is needed: %s', (_name, scene, needed) => {
    expect(needsWorkingCopy(scene)).toBe(needed)
  })

  it('is needed for a gzip stream, told by its reader', async () => {
    const folder = await temporaryFolder()
    const path = await writeEnvi(join(folder, 'scene'), { rows: 12, cols: 10, bands: 3 })
    expect((await open(path)).compressedBlock).toBeUndefined()
    await promisify(execFile)('sh', ['-c', `gzip -n scene.img && mv scene.img.gz scene.img && echo 'file compression = 1' >> scene.hdr`], { cwd: folder })
    expect((await open(path)).compressedBlock).toEqual({ rows: 12, cols: 10, bands: 3 })
  })
})
