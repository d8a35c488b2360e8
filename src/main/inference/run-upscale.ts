import { basename } from 'node:path'
import type { JobContext } from '../common/job-context'
import type { CubeHeader } from '../cube/cube-header'
import type { CubeWriter } from '../cube/cube-writer'
import { refineHeader, windowHeader } from '../cube/derive-header'
import { wholeWindow } from '../cube/pixel-window'
import { quantise } from '../cube/quantise'
import { fitSceneComponents } from '../dataset/scene-components'
import { totalScale } from '../model/studio/sharpen'
import { tf, type Tensor } from '../model/tensorflow'
import { readMirrored } from './mirrored-read'
import { loadServingModel } from './serving-model'
import { servingHalo, upscaleTile } from './studio-tile'
import { activationBytes, tileSide } from './tile-plan'
import type { UpscaleOutcome, UpscaleRequest } from './upscale-request'

/**
 * Upscales a scene tile by tile into a file of the source's type, within the memory budget. Tiles carry a halo of the
 * network's whole reach, so the result does not depend on their size and shows no seams. With `resume` a killed run goes
 * on after its last complete tile and ends with the same bytes. Nothing stands under the final name before it is whole.
 */
export async function runStudioUpscale(request: UpscaleRequest, context: JobContext): Promise<UpscaleOutcome> {
  const started = Date.now()
  const { reader, memoryBudgetBytes } = request
  const model = await loadServingModel(request.model, request.consistency)
  const scale = totalScale(model)
  const window = request.window ?? wholeWindow(reader.header)
  context.progress('Reading statistics', 0, 1, 'scenes')
  const scene = await fitSceneComponents(reader, window, context.signal)
  const header = outputHeader(refineHeader(request.window === null ? reader.header : windowHeader(reader.header, window), scale), request.sampleType)
  const halo = servingHalo(model)
  const needs = {
    scale, halo, align: model.shape.window, bands: header.bands, components: scene.principal.deviations.length,
    channels: model.shape.channels, rows: header.rows, cols: header.cols,
  }
  const side = tileSide(needs, memoryBudgetBytes)
  const activations = Math.max(activationBytes((side / scale + 2 * halo) ** 2, model.shape.channels), memoryBudgetBytes * 0.25)
  const writer = await request.openWriter(header, {
    interleave: request.interleave, compression: request.compression, blockSize: side, resumable: true,
    history: [`Upscaled ${scale}x with DACN Studio (${model.method}, model ${basename(request.model)})`],
  })
  let clamped = 0
  let finished = false
  try {
    const first = request.resume ? writer.blocksDone : 0
    if (first > 0) context.log('info', `Continuing after tile ${first} of ${writer.blockCount}.`)
    for (let index = first; index < writer.blockCount; index++) {
      await context.breathe()
      const fine = writer.blockWindow(index)
      const rows = Math.ceil(fine.rows / scale)
      const cols = Math.ceil(fine.cols / scale)
      const lowRes = await readMirrored(reader, window, {
        row: fine.row / scale - halo, col: fine.col / scale - halo, rows: rows + 2 * halo, cols: cols + 2 * halo,
      }, context.signal)
      const tile = upscaleTile(model, lowRes, scene, activations)
      const { samples, clamped: here } = quantise(tile.data, header.sampleType, header.nodata)
      clamped += here
      await writer.writeBlock(index, samples)
      context.progress('Upscaling', index + 1, writer.blockCount, 'tiles')
      context.event('tile', { index, count: writer.blockCount, ...fine })
    }
    context.progress('Completing the file', 0, 1, 'files')
    const { files, sizeBytes } = await writer.finish()
    finished = true
    return {
      files, sizeBytes, rows: header.rows, cols: header.cols, bands: header.bands, tiles: writer.blockCount,
      seconds: (Date.now() - started) / 1000, clamped, dropped: [...writer.dropped],
    }
  } finally {
    await closeWriter(writer, finished, context)
    if (model.parameters !== null) tf.dispose(model.parameters as unknown as Record<string, Tensor>)
  }
}

/** A cancelled run keeps what it has written, so that it can be continued; a failed one too. */
async function closeWriter(writer: CubeWriter, finished: boolean, context: JobContext): Promise<void> {
  await writer.close(!finished)
  if (!finished) context.log('info', 'The tiles written so far are kept: --resume continues.')
}

function outputHeader(header: CubeHeader, sampleType: UpscaleRequest['sampleType']): CubeHeader {
  if (sampleType === 'source') return header
  return { ...header, sampleType: 'float32' }
}
