import type { JobContext } from '../common/job-context'
import type { CubeHeader } from '../cube/cube-header'
import { writeByStrips } from '../formats/block-strips'
import { createWriter } from '../formats/create-writer'
import type { ComputedMap } from './computed-map'

/** Values held for one part: 128 MB. */
const VALUES_AT_ONCE = 32e6

/** Side of a storage block, so that what computing one takes stays within bounds. */
function blockSide(valuesPerPixel: number): number {
  return Math.min(256, Math.max(16, Math.floor(Math.sqrt(VALUES_AT_ONCE / valuesPerPixel) / 16) * 16))
}

/** Computes the map part by part into a GeoTIFF at `out`, whose folder exists; on failure nothing is left. Gives the path written. */
export async function writeMap(map: ComputedMap, header: CubeHeader, out: string, context: JobContext): Promise<string> {
  const writer = await createWriter(out, header, { blockSize: blockSide(map.valuesPerPixel) })
  try {
    // strips are measured in stored bytes: as if a pixel took what it takes to compute it
    await writeByStrips(writer, map.valuesPerPixel, async (window) => {
      await context.breathe()
      return map.compute(window, context.signal)
    }, {
      signal: context.signal,
      progress: (done, total) => { context.progress('computing', done, total, 'blocks') },
    }, VALUES_AT_ONCE)
    const { files } = await writer.finish()
    return files[0] ?? out
  } finally {
    await writer.close()
  }
}
