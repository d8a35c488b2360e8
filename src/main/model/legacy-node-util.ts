import util from 'node:util'

/**
 * The type checks that Node deprecated for years and removed in version 23; tfjs-node 4.22 still calls some of them.
 * Each definition is the one that Node documents as the replacement.
 */
const removed: Record<string, (value: unknown) => boolean> = {
  isArray: Array.isArray,
  isBoolean: (value) => typeof value === 'boolean',
  isNull: (value) => value === null,
  isNullOrUndefined: (value) => value === null || value === undefined,
  isNumber: (value) => typeof value === 'number',
  isObject: (value) => value !== null && typeof value === 'object',
  isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
  isString: (value) => typeof value === 'string',
  isSymbol: (value) => typeof value === 'symbol',
  isUndefined: (value) => value === undefined,
  isFunction: (value) => typeof value === 'function',
}

/**
 * Supplies on `target` those checks that it lacks and leaves the others as they are.
 * @returns the names supplied, in alphabetical order; empty before Node 23
 */
export function supplyRemovedTypeChecks(target: object): string[] {
  const missing = Object.keys(removed).filter((name) => !(name in target)).sort()
  for (const name of missing) {
    Object.defineProperty(target, name, { value: removed[name], writable: true, configurable: true, enumerable: false })
  }
  return missing
}

// Takes effect on import, so that a file which imports this one first may load TensorFlow in its next line.
supplyRemovedTypeChecks(util)
