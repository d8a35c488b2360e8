import type { Analysis } from './analysis'
import type { ComputedMap, Material } from './computed-map'
import { angleToRegion, componentMap, formulaMap } from './maps-of-one-raster'
import { bicubicAngle, consistencyMap } from './maps-of-results'

/** Prepares the map of an analysis; its errors are those of the kind. Fits and mean spectra are computed here, pixels later. */
export async function computedMap(analysis: Analysis, material: Material, signal: AbortSignal): Promise<ComputedMap> {
  switch (analysis.kind) {
    case 'spectral-angle': return angleToRegion(material, analysis.window, analysis.corners ?? null, signal)
    case 'consistency': return consistencyMap(material)
    case 'bicubic-angle': return bicubicAngle(material)
    case 'formula': return formulaMap(material, analysis.formula)
    case 'components': return componentMap(material, signal)
  }
}
