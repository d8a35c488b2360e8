import type { PixelWindow } from '../cube/pixel-window'
import type { PolygonCorner } from '../cube/polygon-spans'

/** What can be computed: the same kinds as `jobs/analysis-spec`, to which the job's process holds it. */
export type Analysis =
  | { kind: 'spectral-angle'; window: PixelWindow; corners?: PolygonCorner[] }
  | { kind: 'consistency' }
  | { kind: 'bicubic-angle' }
  | { kind: 'formula'; formula: string }
  | { kind: 'components' }
