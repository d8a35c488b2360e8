import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { LogFile } from '../../src/main/electron/log-file'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'dacn-log-'))
  onTestFinished(() => { rmSync(made, { recursive: true, force: true }) })
  return made
}

it('writes lines with time and level, later lines of a message set in', () => {
  const path = join(folder(), 'logs', 'main.log')
  new LogFile(path).write('warning', 'one\ntwo')
  expect(readFileSync(path, 'utf8')).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z warning one\n {4}two\n$/)
})

it('begins a new file when it has grown large, and keeps three older ones', () => {
  const place = folder()
  const log = new LogFile(join(place, 'main.log'))
  for (let round = 0; round < 6; round++) log.write('info', `${round} ${'x'.repeat(1.1e6)}`)
  expect(readdirSync(place).sort()).toEqual(['main.1.log', 'main.2.log', 'main.3.log', 'main.log'])
  expect(readFileSync(join(place, 'main.log'), 'utf8')).toContain('info    5 ')
  expect(readFileSync(join(place, 'main.3.log'), 'utf8')).toContain('info    2 ')
  expect(statSync(join(place, 'main.log')).size).toBeLessThan(1.2e6)
})

it('tells on stderr what it can\'t write, and does not throw', () => {
  const place = folder()
  const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  onTestFinished(() => { write.mockRestore() })
  mkdirSync(join(place, 'main.log'))
  new LogFile(join(place, 'main.log')).write('error', 'lost')
  expect(write.mock.calls[0]?.[0]).toContain('lost')
})
