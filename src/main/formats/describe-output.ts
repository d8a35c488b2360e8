import type { CubeHeader } from '../cube/cube-header'
import type { OutputDescription, WriteOptions } from '../cube/cube-writer'
import { SAMPLE_TYPES } from '../cube/sample-type'
import { formatEnviHeader } from './envi/output-fields'
import { enviSampleType } from './envi/data-types'
import { planWriting } from './geotiff/write-plan'

/**
 * What writing `header` would make of it, without touching the disk: the same decisions as `createWriter`'s. `file` names
 * it in messages. Errors: those of the writers about what their format can't hold ('unsupported', 'too-large',
 * 'invalid-argument').
 */
export function describeOutput(format: 'geotiff' | 'envi', header: CubeHeader, options: WriteOptions, file: string): OutputDescription {
  if (format === 'geotiff') {
    const { sampleType, uncompressedBytes, dropped } = planWriting(header, options, file)
    return { sampleType, sizeBytes: uncompressedBytes, dropped }
  }
  const sampleType = enviSampleType(header.sampleType)
  const sizeBytes = header.rows * header.cols * header.bands * SAMPLE_TYPES[sampleType].bytes
  return { sampleType, sizeBytes, dropped: formatEnviHeader(header, options.interleave, options.history).dropped }
}
