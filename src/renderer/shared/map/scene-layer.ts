import type { SceneView } from '../../../preload/contract'
import type { MapLayer } from './map-layer'
import type { Stretch } from './stretch'

type SceneFacts = NonNullable<SceneView['facts']>

/** A scene as a layer of a map whose base grid is its own. */
export function sceneLayer(name: string, facts: SceneFacts, stretch: Stretch, bands: number[] = distinct(facts.rgb)): MapLayer {
  const { rows, cols } = facts
  return { name, rows, cols, pixelSize: 1, origin: { row: 0, col: 0 }, bands, stretch, edition: sceneEdition(facts) }
}

/** Differs when another file stands there, the user chose another one, another cube in it or another nodata value, or overviews came: what was fetched before is no longer true. */
export function sceneEdition({ files, fingerprint, nodata, metadata, overviews }: Pick<SceneFacts, 'files' | 'fingerprint' | 'nodata' | 'metadata' | 'overviews'>): string {
  return JSON.stringify([files[0], fingerprint, [...new Set(nodata)], overviews === 'ready', metadata.find(([key]) => key === 'variable')?.[1]])
}

/** A scene of one band is grey: three times the same band is one. */
export function distinct(rgb: readonly [number, number, number]): number[] {
  return rgb[0] === rgb[1] && rgb[1] === rgb[2] ? [rgb[0]] : [...rgb]
}
