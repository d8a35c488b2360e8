import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { Autosave } from '../../src/main/project/autosave'

const full = new StudioError('io', 'the disk is full')

function setUp(save: () => Promise<void>): { autosave: Autosave; told: string[] } {
  const told: string[] = []
  return { told, autosave: new Autosave(save, { saveFailed: ({ message }) => told.push(message), saveRecovered: () => told.push('recovered') }, 200) }
}

beforeEach(() => { vi.useFakeTimers() })
afterEach(() => { vi.useRealTimers() })

describe('autosave', () => {
  it('saves a burst of changes once, and at the latest 200 ms after the first', async () => {
    const save = vi.fn(() => Promise.resolve())
    const { autosave } = setUp(save)
    for (let i = 0; i < 19; i++) {
      autosave.schedule()
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(save).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(10)
    expect(save).toHaveBeenCalledOnce()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(save).toHaveBeenCalledOnce()
  })

  it('does not save when nothing changed', async () => {
    const save = vi.fn(() => Promise.resolve())
    await setUp(save).autosave.flush()
    expect(save).not.toHaveBeenCalled()
  })

  it('never runs two saves at once and saves what changed during one', async () => {
    let inside = 0
    let count = 0
    const { autosave } = setUp(async () => {
      expect(++inside).toBe(1)
      count++
      await new Promise((resolve) => setTimeout(resolve, 300))
      inside--
    })
    autosave.schedule()
    await vi.advanceTimersByTimeAsync(250)
    autosave.schedule()
    const flushed = autosave.flush()
    await vi.advanceTimersByTimeAsync(1000)
    await flushed
    expect(count).toBe(2)
  })

  it('tells once that the disk refuses, tries again, and tells when it works', async () => {
    let refuses = true
    const save = vi.fn(() => (refuses ? Promise.reject(full) : Promise.resolve()))
    const { autosave, told } = setUp(save)
    autosave.schedule()
    await vi.advanceTimersByTimeAsync(4000)
    expect(save.mock.calls.length).toBeGreaterThanOrEqual(3)
    expect(told).toEqual(['the disk is full'])
    // a change meanwhile waits with the others
    autosave.schedule()
    refuses = false
    await vi.advanceTimersByTimeAsync(20_000)
    expect(told).toEqual(['the disk is full', 'recovered'])
    const calls = save.mock.calls.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(save).toHaveBeenCalledTimes(calls)
  })

  it('says by flush that the disk refuses, and goes on trying', async () => {
    let refuses = true
    const { autosave, told } = setUp(() => (refuses ? Promise.reject(full) : Promise.resolve()))
    autosave.schedule()
    await expect(autosave.flush()).rejects.toThrow('the disk is full')
    refuses = false
    await vi.advanceTimersByTimeAsync(1000)
    expect(told).toEqual(['the disk is full', 'recovered'])
  })

  it('saves nothing more once stopped', async () => {
    const save = vi.fn(() => Promise.resolve())
    const { autosave } = setUp(save)
    autosave.schedule()
    await autosave.stop()
    autosave.schedule()
    await autosave.flush()
    await vi.advanceTimersByTimeAsync(1000)
    expect(save).not.toHaveBeenCalled()
  })
})
