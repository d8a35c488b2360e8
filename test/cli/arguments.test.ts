import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { StudioError, type ErrorTag } from '../../src/main/common/errors'
import type { JobHost } from '../../src/main/jobs/job-host'
import { run } from './run'
import { temporaryFolder, writeEnvi } from './scenes'

const folder = await temporaryFolder()
const scene = await writeEnvi(join(folder, 'scene'), { rows: 8, cols: 8, bands: 2 })

describe('wrong command lines end with code 2 and say what is wrong', () => {
  it.each([
    [['frobnicate'], 'unknown command'],
    [['convert', scene], "missing required argument 'out'"],
    [['convert', scene, 'x.tif', '--colour'], "unknown option '--colour'"],
    [['convert', scene, 'x.tif', '--window', '1,2,3'], 'Expected row,col,rows,cols'],
    [['convert', scene, 'x.tif', '--window', '0,0,0,4'], 'Expected row,col,rows,cols'],
    [['convert', scene, 'x.tif', '--window', '0,0,9,4'], 'does not lie inside the raster'],
    [['convert', scene, 'x.tif', '--bands', '3-1'], 'Expected bands counted from 0'],
    [['convert', scene, 'x.tif', '--bands', '0,0'], 'named twice'],
    [['convert', scene, 'x.tif', '--bands', '2'], 'There is no band 2'],
    [['convert', scene, 'x.tif', '--type', 'int12'], 'Expected uint8'],
    [['convert', scene, join(folder, 'x.jpg')], '.jpg'],
    [['degrade', scene, 'x.tif'], "required option '--scale <factor>' not specified"],
    [['degrade', scene, 'x.tif', '--scale', '1'], 'from 2 to 16'],
    [['degrade', scene, 'x.tif', '--scale', '2', '--sigma', '1'], '--sigma belongs to the gaussian kernel'],
    [['train', scene], "required option '--out <folder>' not specified"],
    [['train', scene, '--out', 'm', '--scale', '5'], 'Expected 2, 3, 4 or 8'],
    [['train', scene, '--out', 'm', '--minutes', '1', '--steps', '3'], 'cannot be used with'],
    [['train', scene, '--out', 'm', '--minutes', '-1'], 'Expected a number above 0'],
    [['train', scene, '--out', 'm', '--seed', '1.5'], 'Expected a whole number'],
    [['train', scene, '--out', 'm', '--paper-variant', 'text'], 'belongs to the paper preset'],
    [['train', scene, '--out', 'm', '--validation', '1,2,3'], 'Expected row,col,rows,cols'],
    [['train', scene, '--out', folder], 'exists already'],
    [['upscale', scene, 'x.tif'], "required option '--model <folder>' not specified"],
    [['upscale', scene, 'x.tif', '--model', 'm', '--memory', '10'], 'of 256 or more'],
    [['upscale', scene, scene, '--model', 'm'], 'is the input itself'],
  ])('%j', async (args, message) => {
    const { exitCode, out, err } = await run(args)
    expect(err.replaceAll(/\s+/g, ' ')).toContain(message)
    expect(exitCode).toBe(2)
    expect(out).toBe('')
  })

  it('tells programs as well', async () => {
    const { exitCode, lines } = await run(['train', scene, '--json'])
    expect(exitCode).toBe(2)
    expect(lines).toEqual([{ type: 'error', exitCode: 2, error: { tag: 'invalid-argument', message: expect.stringContaining('--out') as string } }])
  })
})

describe('help', () => {
  it('is no failure, and documents the exit codes', async () => {
    const { exitCode, out } = await run(['--help'])
    expect(exitCode).toBe(0)
    for (const text of ['Exit codes:', '130  cancelled', 'dacn demo']) expect(out).toContain(text)
  })

  it.each(['doctor', 'info', 'convert', 'degrade', 'train', 'upscale', 'evaluate', 'demo'])('of %s has examples', async (command) => {
    const { exitCode, out } = await run([command, '--help'])
    expect(exitCode).toBe(0)
    expect(out).toMatch(new RegExp(`Examples?:\\n {2}dacn ${command}`))
  })
})

describe('failures have the exit code of their kind', () => {
  const codes: [ErrorTag, number][] = [
    ['invalid-argument', 2], ['not-found', 3], ['unsupported', 3], ['malformed', 3], ['truncated', 3], ['mismatch', 4], ['io', 5],
    ['too-large', 5], ['diverged', 6], ['crashed', 7], ['missing-runtime', 8], ['cancelled', 130],
  ]

  it.each(codes)('%s: %i', async (tag, code) => {
    const jobs: JobHost = { start: () => { throw new StudioError(tag, 'It went wrong.', { file: '/some/file', remedy: 'Mend it.' }) } }
    const { exitCode, err } = await run(['train', scene, '--out', join(folder, 'model')], { jobs })
    expect(exitCode).toBe(code)
    expect(err).toContain('Error: It went wrong.\nFile: /some/file\nWhat to do: Mend it.\n')
  })

  it('a mistake in the program: 1, with its stack', async () => {
    const jobs: JobHost = { start: () => { throw new TypeError('x is not a function') } }
    const { exitCode, err } = await run(['train', scene, '--out', join(folder, 'model')], { jobs })
    expect(exitCode).toBe(1)
    expect(err).toMatch(/please report it:\nTypeError: x is not a function\n\s+at /)
  })

  it('a missing scene: 3, a foreign file: 3', async () => {
    await writeFile(join(folder, 'notes.txt'), 'nothing of a scene')
    expect((await run(['info', join(folder, 'absent.hdr')])).exitCode).toBe(3)
    expect((await run(['info', join(folder, 'notes.txt')])).exitCode).toBe(3)
  })

  it('an abort before anything began: 130', async () => {
    expect((await run(['train', scene, '--out', join(folder, 'model')], { signal: AbortSignal.abort() })).exitCode).toBe(130)
  })
})
