import { describe, expect, it } from 'vitest'
import { benchScript } from './bench-scripts'

const { benchOptions, isWanted } = await benchScript('options.mjs')
const { errorLine } = await benchScript('process.mjs')

describe('options of the benchmark', () => {
  it('has defaults and takes every option', () => {
    expect(benchOptions([])).toEqual({ quick: false, only: null, big: false, sceneSize: 2000, model: null })
    expect(benchOptions(['--quick', '--big', '--only', 'read', '--scene-size', '200', '--model', 'm']))
      .toEqual({ quick: true, only: 'read', big: true, sceneSize: 200, model: 'm' })
  })

  it.each([['--scene-size', '2k'], ['--scene-size', '10'], ['--fast'], ['surplus']])('refuses %s %s', (...words) => {
    expect(() => benchOptions(words)).toThrow()
  })

  it('selects by a part of the name, the big scene on demand only', () => {
    expect(isWanted('read/int16/tif-none-bsq', { only: 'int16/tif', big: false })).toBe(true)
    expect(isWanted('read/int16/envi-bsq', { only: 'int16/tif', big: false })).toBe(false)
    expect(isWanted('big', { only: null, big: false })).toBe(false)
    expect(isWanted('big', { only: null, big: true })).toBe(true)
    expect(isWanted('big', { only: 'big', big: false })).toBe(true)
    expect(isWanted('big', { only: 'read', big: true })).toBe(false)
    expect(isWanted('app', { only: null, big: true })).toBe(false)
    expect(isWanted('app', { only: 'app', big: false })).toBe(true)
    expect(isWanted('app/one-click', { only: null, big: true })).toBe(false)
    expect(isWanted('app/one-click', { only: 'app', big: false })).toBe(true)
    expect(isWanted('app', { only: 'app/one-click', big: false })).toBe(false)
    expect(isWanted('huge', { only: null, big: true })).toBe(false)
    expect(isWanted('huge', { only: 'huge', big: false })).toBe(true)
    expect(isWanted('keras/train-paper', { only: null, big: false })).toBe(false)
    expect(isWanted('keras/train-paper', { only: 'train', big: false })).toBe(false)
    expect(isWanted('keras/train-paper', { only: 'keras', big: false })).toBe(true)
  })
})

it('finds the line of a stack trace that names the error', () => {
  expect(errorLine('warning: x\nStudioError: broken\n    at place (file:1:2)\n')).toBe('StudioError: broken')
  expect(errorLine('Traceback\n  File "x"\nRuntimeError: broken\n')).toBe('RuntimeError: broken')
  expect(errorLine('no such thing\n')).toBe('no such thing')
})
