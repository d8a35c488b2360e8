import { StudioError } from '../common/errors'
import { fingerprintFiles } from '../common/fingerprint-files'
import type { CubeReader } from '../cube/cube-reader'
import { repairedReader } from '../cube/repaired-reader'
import { openCube } from '../formats/registry'
import { describeScene } from './describe-scene'
import { needsOverviews, withOverviews } from './overviews'
import type { OpenedScene, SceneSource } from './scene-messages'

/**
 * Opens a scene with its repairs: what is known of it, and a reader of its pixels, which come from the working copy where
 * there is one, and its levels from the overviews. Overviews that can't be used count as missing. The caller closes the reader.
 * Errors: those of opening, 'mismatch' when the copy is not of this scene.
 */
export async function openScene(source: SceneSource): Promise<OpenedScene & { reader: CubeReader }> {
  const original = await openFile(source)
  try {
    const facts = await describeScene(original, source.repairs)
    const repaired = repairedReader(original, source.repairs)
    const reader = source.workingCopy === null ? repaired : await withPixelsOf(source.workingCopy, repaired)
    if (reader !== repaired) await original.close()
    const complete = source.overviews === undefined ? reader : await withOverviews(reader, source.overviews).catch(() => reader)
    return { facts: { ...facts, overviews: complete !== reader ? 'ready' : needsOverviews(reader) ? 'missing' : 'unneeded' }, fingerprint: facts.fingerprint, reader: complete }
  } catch (error) {
    await original.close()
    throw error
  }
}

/** Fingerprint of the scene at a path. Errors: those of opening and reading. */
export async function fingerprintScene(file: Pick<SceneSource, 'path' | 'variable'>): Promise<string> {
  const reader = await openFile(file)
  try {
    return await fingerprintFiles(reader.files)
  } finally {
    await reader.close()
  }
}

function openFile({ path, variable }: Pick<SceneSource, 'path' | 'variable'>): Promise<CubeReader> {
  return openCube(path, variable === null ? {} : { variable })
}

/** `scene` as its header says, with the pixels of the copy at `path`, whose storage may differ. */
async function withPixelsOf(path: string, scene: CubeReader): Promise<CubeReader> {
  const copy = await openCube(path)
  const { rows, cols, bands, sampleType, interleave } = copy.header
  if (rows !== scene.header.rows || cols !== scene.header.cols || bands !== scene.header.bands) {
    await copy.close()
    throw new StudioError('mismatch', `${path}: the working copy has ${rows} x ${cols} pixels and ${bands} bands, which are not those of ${scene.files[0] ?? 'its scene'}.`, {
      file: path, remedy: 'Remove the working copy; it is made again.',
    })
  }
  return {
    header: { ...scene.header, sampleType, interleave },
    files: scene.files,
    compressedBlock: copy.compressedBlock,
    readSamples: (window, wanted, signal) => copy.readSamples(window, wanted, signal),
    close: () => copy.close(),
  }
}
