import { InvalidArgumentError } from 'commander'
import type { PixelWindow } from '../cube/pixel-window'

/** Readers of option values. Each throws commander's InvalidArgumentError, which names the option and ends with code 2. */

export function wholeNumber(min: number, max = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^[+-]?\d+$/.test(text) && value >= min && value <= max) return value
    throw new InvalidArgumentError(max === Number.MAX_SAFE_INTEGER ? `Expected a whole number of ${min} or more.` : `Expected a whole number from ${min} to ${max}.`)
  }
}

export function positiveNumber(text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value
  throw new InvalidArgumentError('Expected a number above 0.')
}

/** One of `choices`, kept as the type of the list. */
export function oneOf<T extends string | number>(choices: readonly T[]): (text: string) => T {
  return (text) => {
    const found = choices.find((choice) => String(choice) === text)
    if (found !== undefined) return found
    throw new InvalidArgumentError(`Expected ${choices.slice(0, -1).join(', ')} or ${String(choices[choices.length - 1])}.`)
  }
}

/** 'row,col,rows,cols' of pixels, 0-based. Whether it lies inside the scene is known only later. */
export function pixelWindow(text: string): PixelWindow {
  const [row, col, rows, cols, ...rest] = text.split(',').map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : NaN))
  const numbers = [row, col, rows, cols]
  if (rest.length > 0 || numbers.some((value) => value === undefined || Number.isNaN(value)) || rows === 0 || cols === 0) {
    throw new InvalidArgumentError('Expected row,col,rows,cols in pixels, counted from 0, for example 0,0,128,256.')
  }
  return { row, col, rows, cols } as PixelWindow
}

/** Bands from a list such as '0-10,20': counted from 0, ranges with both ends, in the order given, each once. */
export function bandList(text: string): number[] {
  const bands = text.split(',').flatMap((part) => {
    const match = /^\s*(\d+)(?:\s*-\s*(\d+))?\s*$/.exec(part)
    const first = Number(match?.[1])
    const last = Number(match?.[2] ?? match?.[1])
    if (match === null || last < first || last - first >= 100_000) {
      throw new InvalidArgumentError('Expected bands counted from 0, for example 0-10,20.')
    }
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
  if (new Set(bands).size !== bands.length) throw new InvalidArgumentError('A band is named twice.')
  return bands
}
