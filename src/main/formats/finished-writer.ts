import { stat } from 'node:fs/promises'
import { extname } from 'node:path'
import { toStudioError } from '../common/errors'
import type { CubeHeader } from '../cube/cube-header'
import type { CubeWriter, WriteOptions } from '../cube/cube-writer'
import { describeOutput } from './describe-output'
import { outputPaths } from './output-paths'

/**
 * The writer of a file that `createWriter` of the same header and options has finished before: all its blocks are there.
 * Errors: 'not-found' when the file is not; those of `describeOutput`.
 */
export async function finishedWriter(out: string, header: CubeHeader, options: WriteOptions): Promise<CubeWriter> {
  const files = outputPaths(out)
  const sizes = await Promise.all(files.map((file) => stat(file).then(({ size }) => size, (error: unknown) => { throw toStudioError(error, file) })))
  const { sampleType, dropped } = describeOutput(/^\.tiff?$/i.test(extname(out)) ? 'geotiff' : 'envi', header, options, out)
  const { blockSize: side } = options
  const blockCount = Math.ceil(header.rows / side) * Math.ceil(header.cols / side)
  const across = Math.ceil(header.cols / side)
  return {
    header: { ...header, sampleType },
    blockRows: side,
    blockCols: side,
    blocksDone: blockCount,
    blockCount,
    dropped,
    blockWindow: (index) => {
      const [row, col] = [Math.floor(index / across) * side, (index % across) * side]
      return { row, col, rows: Math.min(side, header.rows - row), cols: Math.min(side, header.cols - col) }
    },
    writeBlock: () => Promise.resolve(),
    finish: () => Promise.resolve({ files, sizeBytes: sizes.reduce((sum, size) => sum + size, 0) }),
    close: () => Promise.resolve(),
  }
}
