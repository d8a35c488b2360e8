import { PassThrough } from 'node:stream'
import { describe, expect, it, vi } from 'vitest'
import type { CliIo } from '../../src/main/cli/cli-io'
import { createReporter } from '../../src/main/cli/create-reporter'
import { formatBytes, formatDuration, formatTable } from '../../src/main/cli/format'

function capture(isTerminal: boolean): { io: CliIo; out: () => string; err: () => string } {
  let out = ''
  let err = ''
  const errorStream = Object.assign(new PassThrough(), isTerminal ? { isTTY: true, columns: 100 } : {})
  errorStream.on('data', (chunk: Buffer) => { err += chunk.toString() })
  const io: CliIo = {
    out: (text) => { out += text }, errorStream, isTerminal, signal: new AbortController().signal,
    jobs: { start: () => { throw new Error('no jobs here') } },
  }
  return { io, out: () => out, err: () => err }
}

const step = (done: number, etaSeconds: number | null) => ({ span: 'training', done, total: 200, unit: 'steps', etaSeconds })

describe('reporters', () => {
  it('plain lines come every five seconds and at the end', () => {
    const now = vi.spyOn(performance, 'now')
    const { io, out, err } = capture(false)
    const reporter = createReporter(io, false)
    for (let done = 0; done <= 200; done += 10) {
      now.mockReturnValue(done * 100)
      reporter.progress(step(done, (200 - done) / 10), done > 100)
    }
    reporter.log('warning', 'careful')
    reporter.result({ x: 1 }, 'the answer')
    now.mockRestore()
    expect(err().trim().split('\n')).toEqual([
      'training: 0 of 200 steps, 0 %, about 20 s left',
      'training: 50 of 200 steps, 25 %, about 15 s left',
      'training: 100 of 200 steps, 50 %, about 10 s left',
      'training: 150 of 200 steps, 75 %, at most 5 s left',
      'training: 200 of 200 steps, 100 %',
      'warning: careful',
    ])
    expect(out()).toBe('the answer\n')
  })

  it('JSON is one object a line on standard output', () => {
    const { io, out, err } = capture(true)
    const reporter = createReporter(io, true)
    reporter.progress(step(1, null))
    reporter.event('tile', { index: 3 }, 'text for people')
    reporter.log('error', 'two\nlines')
    reporter.result({ files: ['a'] }, 'text for people')
    expect(out().trim().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual([
      { type: 'progress', ...step(1, null) },
      { type: 'event', kind: 'tile', index: 3 },
      { type: 'log', level: 'error', message: 'two\nlines' },
      { type: 'result', files: ['a'] },
    ])
    expect(err()).toBe('')
  })

  it('a terminal shows a bar with the time left, and takes it away', () => {
    const { io, out, err } = capture(true)
    const reporter = createReporter(io, false)
    reporter.progress(step(50, 90))
    expect(err()).toContain('training [')
    expect(err()).toMatch(/25 % \| 50 of 200 steps \| 1 min 30 s left/)
    reporter.log('info', 'a line above')
    reporter.progress(step(60, 80), true)
    expect(err()).toContain('| at most 1 min 20 s left')
    reporter.progress(step(200, 0))
    reporter.result({}, 'the answer')
    reporter.close()
    expect(err()).toContain('a line above\n')
    expect(err()).toMatch(/training: 200 steps in \d+ s\n/)
    expect(out()).toBe('the answer\n')
  })
})

describe('formats', () => {
  it.each([[0.4, '0 s'], [59.6, '1 min 0 s'], [200, '3 min 20 s'], [7530, '2 h 5 min']])('%d seconds: %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  it.each([[999, '999 bytes'], [1000, '1.0 kB'], [2_856_060, '2.9 MB'], [854e6, '854 MB'], [2e12, '2.0 TB']])('%d bytes: %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it('aligns a table', () => {
    expect(formatTable([['', 'PSNR'], ['bicubic', '30.1'], ['dacn', '131.25']])).toBe('           PSNR\nbicubic    30.1\ndacn     131.25')
  })
})
