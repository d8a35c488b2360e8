import { computedMap } from '../analysis/compute-map'
import type { Material } from '../analysis/computed-map'
import { mapHeader } from '../analysis/map-header'
import { writeMap } from '../analysis/write-map'
import type { JobContext } from '../common/job-context'
import { repairedReader } from '../cube/repaired-reader'
import { assertNoInput } from '../formats/output-paths'
import { openCube } from '../formats/registry'
import type { AnalyseResult } from '../jobs/job-result'
import type { AnalyseSpec } from '../jobs/job-spec'

/** Opens the scene and the result that an analysis needs, computes its map into a GeoTIFF and closes them. */
export async function runAnalyseJob(spec: AnalyseSpec, context: JobContext): Promise<AnalyseResult> {
  const started = performance.now()
  const source = await openCube(spec.scene, spec.variable === undefined ? {} : { variable: spec.variable })
  try {
    const result = spec.result === undefined ? null : { ...spec.result, reader: await openCube(spec.result.path) }
    try {
      const material: Material = { scene: repairedReader(source, spec.repairs ?? {}), result }
      await assertNoInput(spec.out, [...source.files, ...(result?.reader.files ?? [])])
      const map = await computedMap(spec.analysis, material, context.signal)
      const file = await writeMap(map, mapHeader(map, material.scene.header, map.bandNames.join('; ')), spec.out, context)
      const { rows, cols, bandNames, origin, pixelSize } = map
      return { file, rows, cols, bandNames, origin, pixelSize, seconds: (performance.now() - started) / 1000 }
    } finally {
      await result?.reader.close()
    }
  } finally {
    await source.close()
  }
}
