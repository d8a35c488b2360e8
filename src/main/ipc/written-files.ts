import type { Project } from '../project/project'
import type { LayerRecord, ResultRecord } from '../project/project-file'
import type { WrittenFiles } from './written-shelf'

/** Upscaled scenes, as layers `result:ID`. */
export function resultFiles({ content, paths }: Project): WrittenFiles<ResultRecord> {
  return {
    records: content.results,
    locate: ({ id, files }) => (files.length === 0 ? Promise.resolve(null) : paths.locateResult(id)),
    layerOf: resultLayer,
  }
}

/** Computed maps, as layers `analysis:ID`. */
export function mapFiles({ content, paths }: Project): WrittenFiles<LayerRecord> {
  return {
    records: content.layers,
    locate: async ({ id }) => {
      const { path, found } = await paths.locateLayer(id)
      return { paths: [path], found }
    },
    layerOf: (id) => `analysis:${id}`,
  }
}

export function resultLayer(resultId: string): string {
  return `result:${resultId}`
}
