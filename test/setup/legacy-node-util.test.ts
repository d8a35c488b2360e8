import util from 'node:util'
import { expect, it } from 'vitest'
import { supplyRemovedTypeChecks } from '../../src/main/model/legacy-node-util'

type TypeChecks = Record<string, (value: unknown) => boolean>

it('supplies what is missing and leaves what is there', () => {
  const own = () => true
  const target: TypeChecks = { isString: own }
  const supplied = supplyRemovedTypeChecks(target)
  expect(supplied).toContain('isNullOrUndefined')
  expect(supplied).not.toContain('isString')
  expect(target.isString).toBe(own)
  expect(supplyRemovedTypeChecks(target)).toEqual([])
})

it('answers as Node 20 does', () => {
  const target: TypeChecks = {}
  supplyRemovedTypeChecks(target)
  const values = [null, undefined, 0, NaN, '', 'a', true, Symbol('s'), [], {}, () => 1, new Date(0), 1n]
  const answers = (name: string) => values.map((value) => target[name]?.(value))
  // read off Node 20's own functions in this order of values
  expect(answers('isNullOrUndefined')).toEqual([true, true, false, false, false, false, false, false, false, false, false, false, false])
  expect(answers('isPrimitive')).toEqual([true, true, true, true, true, true, true, true, false, false, false, false, true])
  expect(answers('isObject')).toEqual([false, false, false, false, false, false, false, false, true, true, false, true, false])
  const native = util as unknown as Partial<TypeChecks>
  for (const name of Object.keys(Object.getOwnPropertyDescriptors(target))) {
    if (process.versions.node.startsWith('20.')) expect(answers(name), name).toEqual(values.map((value) => native[name]?.(value)))
  }
})
