import { expect, it } from 'vitest'
import { keyNames } from '../../../src/renderer/shared/key-names'
import { formatPercent, progressShare } from '../../../src/renderer/shared/progress'

it('names keys as they are printed', () => {
  expect(keyNames('CmdOrCtrl+Shift+U', false)).toEqual(['Ctrl', 'Shift', 'U'])
  expect(keyNames('CmdOrCtrl+Shift+U', true)).toEqual(['⌘', '⇧', 'U'])
  expect(keyNames('Alt+Left', false)).toEqual(['Alt', '←'])
  expect(keyNames('+', false)).toEqual(['+'])
})

it('never shows a whole before it is there', () => {
  expect(formatPercent(0.999)).toBe('99\u2009%')
  expect(formatPercent(0.29)).toBe('29\u2009%')
  expect(progressShare({ span: '', done: 5, total: 0, unit: '', etaSeconds: null })).toBeNull()
  expect(progressShare({ span: '', done: 0, total: 1, unit: '', etaSeconds: null })).toBeNull()
  expect(progressShare({ span: '', done: 5, total: 4, unit: '', etaSeconds: null })).toBe(1)
})
