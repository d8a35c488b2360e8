import { fingerprintFiles } from '../common/fingerprint-files'
import { wholeWindow } from '../cube/pixel-window'
import { sceneKind } from '../cube/scene-kind'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import type { SceneMaterial } from './scene-material'
import type { TrainScene } from './train-request'

type Sources = CheckpointManifest['sources']

/** What a model folder keeps of the scenes that a run learns from. */
export async function describeSources(scenes: readonly TrainScene[], materials: readonly Pick<SceneMaterial, 'validation' | 'guard' | 'bandShift' | 'symmetries'>[]): Promise<Sources> {
  return Promise.all(materials.map(async ({ validation, guard, bandShift, symmetries }, index) => {
    const { reader, window, repairs } = scenes[index] as TrainScene
    const { rows, cols } = window ?? wholeWindow(reader.header)
    const { rangeNm, pixelMetres } = sceneKind(reader.header)
    return {
      file: reader.files[0] ?? '', fingerprint: await fingerprintFiles(reader.files), rows, cols, bands: reader.header.bands,
      ...(rangeNm === null ? {} : { rangeNm }), ...(pixelMetres === null ? {} : { pixelMetres }),
      validation, guard, bandShift, symmetries, ...(Object.keys(repairs).length === 0 ? {} : { repairs }),
    }
  }))
}

/** What two runs must have in common of their scenes, as text. */
export function groundsOf(sources: Sources): string {
  return JSON.stringify(sources.map(({ fingerprint, rows, cols, validation, repairs }) => {
    const corrected = Object.entries(repairs ?? {}).sort(([p], [q]) => (p < q ? -1 : 1))
    return [fingerprint, rows, cols, validation, corrected]
  }))
}
