import type { SceneKind } from '../cube/scene-kind'
import type { CheckpointManifest } from '../model/checkpoint-manifest'

/** Pixels this many times larger or smaller show other shapes: houses become texture, texture becomes houses. */
const PIXEL_RATIO = 2.5

/** Least share of the scene's spectral range that the model's scenes should cover. */
const COVERED_SHARE = 0.5

/** Where wavelengths are unknown: another count of bands by this factor is another sensor. */
const BAND_RATIO = 1.5

/**
 * Why a scene is unlike those that a model was fine-tuned on, a sentence each; none when it is alike, when nothing is
 * known of one of them, and for models that were not tuned on scenes (the shipped ones) or serve without their network.
 * Nothing forbids to use the model: its detail is only less certain.
 */
export function unlikeScenes(scene: SceneKind, { sources, verdict }: CheckpointManifest): string[] {
  if (sources.length === 0 || (verdict !== null && verdict.adopted !== 'fine-tuned')) return []
  const reasons: string[] = []
  const sizes = sources.flatMap(({ pixelMetres }) => (pixelMetres === undefined ? [] : [pixelMetres]))
  const { pixelMetres: size } = scene
  if (size !== null && sizes.length > 0 && sizes.every((other) => Math.max(size / other, other / size) > PIXEL_RATIO)) {
    reasons.push(`The model was tuned on pixels of ${sizes.map(metres).join(', ')}, this scene has pixels of ${metres(size)}: shapes that it has learnt may not occur here.`)
  }
  const ranges = sources.flatMap(({ rangeNm }) => (rangeNm === undefined ? [] : [rangeNm]))
  if (scene.rangeNm !== null && ranges.length > 0) {
    if (coveredShare(scene.rangeNm, ranges) < COVERED_SHARE) {
      reasons.push(`The model was tuned on bands from ${ranges.map(nanometres).join(', ')}, most of this scene's range (${nanometres(scene.rangeNm)}) is new to it.`)
    }
  } else if (sources.every(({ bands }) => Math.max(bands / scene.bands, scene.bands / bands) > BAND_RATIO)) {
    reasons.push(`The model was tuned on scenes of ${[...new Set(sources.map(({ bands }) => bands))].join(', ')} bands, this one has ${scene.bands}: it seems to be of another sensor.`)
  }
  return reasons
}

/** Share of [first, last] that lies in the union of `ranges`. */
function coveredShare([first, last]: [number, number], ranges: readonly [number, number][]): number {
  const sorted = [...ranges].sort((p, q) => p[0] - q[0])
  let covered = 0
  let from = first
  for (const [start, end] of sorted) {
    const begin = Math.max(from, start)
    const stop = Math.min(last, end)
    if (stop > begin) {
      covered += stop - begin
      from = stop
    }
  }
  return last > first ? covered / (last - first) : ranges.some(([start, end]) => start <= first && first <= end) ? 1 : 0
}

function metres(value: number): string {
  return `${Number(value.toPrecision(2))} m`
}

function nanometres([first, last]: [number, number]): string {
  return `${first.toFixed(0)}-${last.toFixed(0)} nm`
}
