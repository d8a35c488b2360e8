import type { UpscaleResult } from '../jobs/job-result'
import { newId } from '../project/project-layout'
import type { OpenProject } from './open-project'
import { uniqueName } from './unique-name'

/** Lists the expected errors of a result as a layer of its scene; a layer of an earlier result's file, which was written over, goes. */
export async function addErrorLayer(open: OpenProject, resultId: string, file: string, { rows, cols }: Pick<UpscaleResult, 'rows' | 'cols'>, scale: number): Promise<void> {
  const { results, layers } = open.project.content
  const { sceneId, name, plan: { window } } = results.get(resultId)
  const stored = open.project.paths.store(file)
  for (const earlier of layers.all.filter((layer) => layer.file === stored.file)) {
    layers.take(earlier.id)
    await open.layers.forget(earlier.id)
  }
  const { id } = layers.add({
    id: newId('layer'), name: uniqueName(`Expected error of ${name}`, layers.all), sceneId, resultId, analysis: { kind: 'expected-error' },
    createdUtc: new Date().toISOString(), ...stored, rows, cols, bandNames: ['expected error, RMS over bands'],
    origin: { row: window?.row ?? 0, col: window?.col ?? 0 }, pixelSize: 1 / scale,
  })
  await open.layers.refresh(id)
}
