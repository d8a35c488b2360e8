import type { ResultView } from '../../preload/contract'
import { CUBE_KINDS, type CubeKind } from './cube-source'

/** What can be looked at, with the result of a scene or without one. */
export function kindsOf(result: Pick<ResultView, 'derived'> | null): readonly CubeKind[] {
  if (result === null) return ['source']
  return result.derived ? CUBE_KINDS : ['source', 'result']
}

/** What stands beside a cube first: a result is best judged by what interpolation alone gives. */
const BESIDE: Record<CubeKind, readonly CubeKind[]> = {
  source: ['result'], bicubic: ['result'], result: ['bicubic', 'source'], difference: ['result'],
}

/** Two cubes instead of one, or the first instead of two. */
export function withPair([first = 'source', second]: readonly CubeKind[], offered: readonly CubeKind[]): CubeKind[] {
  if (second !== undefined) return [first]
  const beside = BESIDE[first].find((kind) => offered.includes(kind))
  return beside === undefined ? [first] : [first, beside]
}

/** Another kind in one place; what stood there goes to the other when that shows this kind already. */
export function withKind(kinds: readonly CubeKind[], index: number, kind: CubeKind): CubeKind[] {
  return kinds.map((other, i) => (i === index ? kind : other === kind ? (kinds[index] as CubeKind) : other))
}
