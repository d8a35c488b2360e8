import { fingerprintFiles } from '../common/fingerprint-files'
import type { JobContext } from '../common/job-context'
import { allBands, assertBandsExist } from '../cube/cube-reader'
import type { CubeHeader } from '../cube/cube-header'
import type { CubeWriter, WriteOptions } from '../cube/cube-writer'
import { repairedReader } from '../cube/repaired-reader'
import { createWriter } from '../formats/create-writer'
import { finishedWriter } from '../formats/finished-writer'
import { openCube } from '../formats/registry'
import { runUpscale } from '../inference/run-upscale'
import { DEFAULT_QUALITY } from '../inference/serving-symmetries'
import type { UpscaleResult } from '../jobs/job-result'
import type { UpscaleSpec } from '../jobs/job-spec'

/** Opens the scene of an upscaling job, runs it and closes it. */
export async function runUpscaleJob(spec: UpscaleSpec, context: JobContext): Promise<UpscaleResult> {
  const { uncertainty } = spec
  const source = await openCube(spec.scene, spec.variable === undefined ? {} : { variable: spec.variable })
  try {
    const reader = repairedReader(source, spec.repairs ?? {})
    if (spec.bands !== undefined) assertBandsExist(spec.bands, reader)
    const identity = JSON.stringify([await fingerprintFiles(source.files), spec.variable, spec.repairs, spec.window, spec.bands])
    return await runUpscale({
      reader,
      openWriter: (header, options) => openWriter(spec, spec.out, header, { ...options, identity }),
      openErrorWriter: uncertainty === undefined ? null : (header, options) => openWriter(spec, uncertainty, header, { ...options, identity }),
      openWritten: spec.receipt === false ? null : (file) => openCube(file),
      model: spec.model,
      window: spec.window ?? null,
      bands: spec.bands ?? allBands(reader.header),
      memoryBudgetBytes: spec.memoryBudgetMb * 1e6,
      sampleType: spec.sampleType,
      compression: spec.compression,
      interleave: spec.interleave,
      consistency: spec.consistency,
      quality: spec.quality ?? DEFAULT_QUALITY,
      resume: spec.resume,
    }, context)
  } finally {
    await source.close()
  }
}

async function openWriter(spec: UpscaleSpec, file: string, header: CubeHeader, options: WriteOptions): Promise<CubeWriter> {
  if (spec.written === true) return finishedWriter(file, header, options)
  const writer = await createWriter(file, header, options)
  if (spec.resume || writer.blocksDone === 0) return writer
  // an interrupted run left its tiles, and nobody asked to continue it
  await writer.close()
  return createWriter(file, header, options)
}
