import { useMessage } from 'naive-ui'
import type { SceneView } from '../../preload/contract'
import { request } from '../shared/client'
import { colourTable } from '../shared/colour/colour-map'
import { formatNumber } from '../shared/format'
import { screenToBase, type MapExports, type MapLayer } from '../shared/map/map-layer'
import { useFailure } from '../shared/show-failure'
import { text } from '../text'
import { bandLabel } from '../viewer/band-choice'
import type { Pin } from '../viewer/display-store'
import { formatCoordinates } from '../viewer/map-coordinates'
import { northAngle } from '../shared/map/north-angle'
import type { Furniture } from './picture-furniture'
import type { Region } from './region'
import { metresPerPixel, scaleBar } from '../shared/map/scale-bar'
import type { ShownView } from './shown-view'
import { viewPicture, type Crop } from './view-picture'

type SceneFacts = NonNullable<SceneView['facts']>

interface Wanted {
  scene: SceneView
  facts: SceneFacts
  shown: ShownView
  map: MapExports
  regions: Region[]
  pins: Pin[]
}

/** For components: saves what a map shows as a picture for a report, where the user says. */
export function useViewPicture(): { savePicture: (wanted: Wanted) => Promise<void> } {
  const message = useMessage()
  const { attempt } = useFailure()

  async function savePicture(wanted: Wanted): Promise<void> {
    const [layer] = wanted.shown.slot.picture.layers.value
    if (layer === undefined) return
    const { facts, map, regions, pins, shown } = wanted
    const path = await attempt(async () => {
      const content = await viewPicture({ facts, layer, view: map.shown, size: map.size, regions, pins, furniture: (crop) => furnitureOf(wanted, layer, crop) }, new AbortController().signal)
      return request('app.saveFile', { suggestedName: `${shown.layer.label}.png`, content })
    })
    if (path != null) message.success(text.linked.saved(path))
  }
  return { savePicture }
}

function furnitureOf({ scene, facts, shown: { layer, display }, map }: Wanted, { bands, stretch }: MapLayer, crop: Crop): Furniture {
  const names = bands.map((band) => (layer.sceneBands === null ? (layer.bandNames[band] ?? '') : bandLabel(facts, layer.sceneBands[band] ?? band)))
  const unit = text.linked.units[layer.unit]
  const [limits] = stretch.limits
  return {
    title: layer.label,
    subtitle: [...(layer.kind === 'scene' ? [] : [scene.name]), ...(bands.length === 1 ? names : [])].join(' · '),
    scaleBar: scaleBar(metresPerPixel(facts), map.shown.zoom),
    north: facts.transform === null || facts.crs === null ? null : northAngle(facts.transform),
    legend: bands.length > 1 ? { kind: 'channels', names }
      : limits === undefined ? null
        : { kind: 'ramp', table: colourTable(display.ramp), gamma: stretch.gamma, low: formatNumber(limits.low, 3).replace('-', '−'), high: [formatNumber(limits.high, 3).replace('-', '−'), ...(unit === '' ? [] : [unit])].join('\u2009') },
    footer: [facts.crs === null ? null : [facts.crs.name, ...(facts.crs.epsg === null ? [] : [`EPSG:${facts.crs.epsg}`])].join(' · '), extentOf(facts, map, crop)].filter((one) => one !== null),
  }
}

/** Map coordinates of the upper left and the lower right corner of what is seen; null where there are none. */
function extentOf(facts: SceneFacts, { shown, size }: MapExports, { x, y, width, height }: Crop): string | null {
  const [from, to] = [screenToBase(shown, size, x, y), screenToBase(shown, size, x + width, y + height)]
  const [first, last] = [formatCoordinates(facts, from.row, from.col), formatCoordinates(facts, to.row, to.col)]
  return first === null || last === null ? null : text.linked.extent(first, last)
}
