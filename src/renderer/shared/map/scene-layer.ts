import type { SceneView } from '../../../preload/contract'
import type { MapLayer } from './map-layer'
import type { Stretch } from './stretch'

type SceneFacts = NonNullable<SceneView['facts']>

/** A scene as a layer of a map whose base grid is its own. */
export function sceneLayer(name: string, { rows, cols, rgb, files, nodata }: SceneFacts, stretch: Stretch, bands: number[] = distinct(rgb)): MapLayer {
  return { name, rows, cols, pixelSize: 1, origin: { row: 0, col: 0 }, bands, stretch, edition: sceneEdition({ files, nodata }) }
}

/** Differs when the user chose another file or another nodata value: what was fetched before is no longer true. */
export function sceneEdition({ files, nodata }: Pick<SceneFacts, 'files' | 'nodata'>): string {
  return JSON.stringify([files[0], nodata[0]])
}

/** A scene of one band is grey: three times the same band is one. */
export function distinct(rgb: readonly [number, number, number]): number[] {
  return rgb[0] === rgb[1] && rgb[1] === rgb[2] ? [rgb[0]] : [...rgb]
}
