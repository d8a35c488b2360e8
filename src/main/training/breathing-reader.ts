import type { JobContext } from '../common/job-context'
import type { CubeReader } from '../cube/cube-reader'

/** The scene, read so that a job can be paused or cancelled between two pieces: what reads big scenes does it strip by strip. */
export function breathingReader(reader: CubeReader, context: JobContext): CubeReader {
  return {
    header: reader.header,
    files: reader.files,
    compressedBlock: reader.compressedBlock,
    readSamples: async (window, bands, signal) => {
      await context.breathe()
      return reader.readSamples(window, bands, signal)
    },
    close: () => reader.close(),
  }
}
