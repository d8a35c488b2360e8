import { expect, it } from 'vitest'
import { keepSelected, NOTHING_SELECTED, select } from '../../../src/renderer/workspace/list-selection'

const order = ['a', 'b', 'c', 'd']
const one = select(NOTHING_SELECTED, 'scene', order, 'b', 'one')

it('marks one alone, adds and takes away with Ctrl in the order of the list', () => {
  expect(one).toEqual({ kind: 'scene', ids: ['b'], anchor: 'b' })
  const two = select(one, 'scene', order, 'a', 'toggle')
  expect(two.ids).toEqual(['a', 'b'])
  expect(select(two, 'scene', order, 'b', 'toggle').ids).toEqual(['a'])
})

it('marks a range from the anchor in both directions, again from the same anchor', () => {
  const down = select(one, 'scene', order, 'd', 'range')
  expect(down.ids).toEqual(['b', 'c', 'd'])
  expect(select(down, 'scene', order, 'a', 'range').ids).toEqual(['a', 'b'])
})

it('begins anew in another list and without an anchor', () => {
  expect(select(one, 'run', ['x', 'y'], 'y', 'range')).toEqual({ kind: 'run', ids: ['y'], anchor: 'y' })
  expect(select(one, 'run', ['x', 'y'], 'y', 'toggle').ids).toEqual(['y'])
  expect(select(NOTHING_SELECTED, 'scene', order, 'c', 'range').ids).toEqual(['c'])
})

it('lets go of what is gone, and is the same when nothing is', () => {
  expect(keepSelected({ kind: 'scene', ids: ['a', 'b'], anchor: 'a' }, new Set(['b'])).ids).toEqual(['b'])
  expect(keepSelected(one, new Set(order))).toBe(one)
})
