import { appendFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { emptyCurves, readRunCurves, type RunCurves } from '../../src/main/project/run-curves'
import { RunCurvesWriter } from '../../src/main/project/run-curves-writer'
import { temporaryFolder } from '../setup/temporary-folder'

const unexpected = (error: Error): void => { throw error }

function curvesOf(steps: number[], validations: number[] = [], change: Partial<RunCurves> = {}): RunCurves {
  return {
    steps: { step: steps, loss: steps.map((step) => 1 / step), learningRate: steps.map(() => 1e-3), samplesPerSecond: steps.map(() => 80.5), residentBytes: steps.map((step) => 1e9 + step), seconds: steps.map((step) => step / 4) },
    validations: { step: validations, psnr: validations.map((step) => 30 + step), samDegrees: validations.map(() => 2), seconds: validations.map((step) => step / 4) },
    lines: null, log: [], ...change,
  }
}

async function record(path: string, ...parts: RunCurves[]): Promise<void> {
  const writer = await RunCurvesWriter.open(path, unexpected)
  for (const part of parts) {
    writer.append(part)
    await writer.flush()
  }
  await writer.close()
}

describe('curves of a run', () => {
  it('come back as they were recorded, over several sessions', async () => {
    const path = join(temporaryFolder(), 'run-1.jsonl')
    expect(await readRunCurves(path)).toEqual(emptyCurves())
    const lines = { bicubicPsnr: 30, backProjectionPsnr: 31, basePsnr: null }
    const log: RunCurves['log'] = [{ level: 'warning', message: 'two\nlines, \u2028 and "quotes"', atUtc: '2026-11-24T12:00:00Z' }]
    await record(path, curvesOf([], [0], { lines }), curvesOf([1, 2], [2]))
    await record(path, curvesOf([3], [], { log }))
    expect(await readRunCurves(path)).toEqual(curvesOf([1, 2, 3], [0, 2], { lines, log }))
  })

  it('keep losses and scores that are not finite', async () => {
    const path = join(temporaryFolder(), 'run-1.jsonl')
    const curves = curvesOf([1, 2], [2])
    curves.steps.loss = [NaN, Infinity]
    curves.validations.psnr = [-Infinity]
    await record(path, curves)
    expect(await readRunCurves(path)).toEqual(curves)
  })

  it('of an older program, without times, are read all the same', async () => {
    const path = join(temporaryFolder(), 'run-1.jsonl')
    writeFileSync(path, '["step",1,0.5,0.001,80,1000]\n["validation",1,30,2]\n["step",2,0.4,0.001,80,1000,7.5,9]\n["step",2,0.4,0.001,80,1000,7.5]\n')
    const { steps, validations } = await readRunCurves(path)
    expect(steps.seconds).toEqual([NaN, 7.5])
    expect(validations).toEqual({ step: [1], psnr: [30], samDegrees: [2], seconds: [NaN] })
  })

  it('show a continued run once: what it did again replaces what was recorded', async () => {
    const path = join(temporaryFolder(), 'run-1.jsonl')
    await record(path, curvesOf([1, 2, 3, 4, 5], [0, 2, 4]))
    const again = curvesOf([3, 4], [4])
    again.steps.loss = [7, 8]
    await record(path, again)
    const { steps, validations } = await readRunCurves(path)
    expect(steps.step).toEqual([1, 2, 3, 4])
    expect(steps.loss).toEqual([1, 1 / 2, 7, 8])
    expect(steps.residentBytes).toHaveLength(4)
    expect(validations.step).toEqual([0, 2, 4])
  })

  it('are whole lines up to any point where a crash cuts the file, and go on after it', async () => {
    const whole = join(temporaryFolder(), 'whole.jsonl')
    await record(whole, curvesOf([1, 2, 3, 4, 5, 6], [3, 6]))
    const bytes = readFileSync(whole)
    await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: bytes.length }), async (length) => {
      const path = join(temporaryFolder(), 'cut.jsonl')
      writeFileSync(path, bytes)
      truncateSync(path, length)
      const kept = (await readRunCurves(path)).steps.step
      expect(kept).toEqual([1, 2, 3, 4, 5, 6].slice(0, kept.length))
      await record(path, curvesOf([7]))
      const after = (await readRunCurves(path)).steps.step
      expect(after).toEqual([...kept, 7])
    }), { numRuns: 60 })
  })

  it('pass over lines that are damaged or of an unknown kind', async () => {
    const path = join(temporaryFolder(), 'run-1.jsonl')
    await record(path, curvesOf([1]))
    appendFileSync(path, '["step",2]\n["step",2,"a",1,1,1]\n{"a":1}\n["later",1]\n\u0000\u0000\n[["__proto__"]]\n["log","loud","x","y"]\n["lines",1,null,2]\nnull\n')
    await record(path, curvesOf([5]))
    expect(await readRunCurves(path)).toEqual(curvesOf([1, 5]))
  })

  it('are written within about a second without being asked', async () => {
    const path = join(temporaryFolder(), 'run-1.jsonl')
    const writer = await RunCurvesWriter.open(path, unexpected)
    writer.append(curvesOf([1]))
    expect((await readRunCurves(path)).steps.step).toEqual([])
    await vi.waitFor(async () => { expect((await readRunCurves(path)).steps.step).toEqual([1]) }, 3000)
    await writer.close()
  })

  it('lose nothing when the disk refuses for a while, and tell it once', async () => {
    const path = join(temporaryFolder(), 'run-1.jsonl')
    const told: string[] = []
    const writer = await RunCurvesWriter.open(path, ({ message }) => told.push(message))
    const { handle } = writer as unknown as { handle: { write: (bytes: Buffer, offset: number, length: number, position: number) => Promise<unknown> } }
    const write = handle.write.bind(handle)
    handle.write = async (bytes, offset, _length, position) => {
      // a part of it reaches the disk
      await write(bytes, offset, 5, position)
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    writer.append(curvesOf([1, 2]))
    await expect(writer.flush()).rejects.toThrow('the disk is full')
    await expect(writer.flush()).rejects.toThrow('the disk is full')
    expect(told).toEqual([`${path}: the disk is full`])
    handle.write = write
    writer.append(curvesOf([3]))
    await writer.close()
    expect(await readRunCurves(path)).toEqual(curvesOf([1, 2, 3]))
    expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(4)
  })
})
