import { describe, expect, it } from 'vitest'
import { itemMenu } from '../../../src/renderer/workspace/item-menu'
import { projectItems, type ItemKind } from '../../../src/renderer/workspace/project-items'
import { modelView, projectView, resultView, runRecord, sceneView } from '../sample-project'

function menuOf(kind: ItemKind, ids: string[], change: Parameters<typeof projectView>[0] = {}): string[] {
  const project = projectView(change)
  const items = projectItems(project, () => null)[kind].filter(({ id }) => ids.includes(id))
  return itemMenu(items, project).map(({ action, disabled }) => (disabled ? `(${action})` : action))
}

describe('itemMenu', () => {
  it('offers what fits each kind', () => {
    expect(menuOf('scene', ['scene-1'])).toEqual(['open', 'cube', 'compare-maps', 'fine-tune', 'upscale', 'show', 'rename', 'remove'])
    expect(menuOf('model', ['model-1'])).toEqual(['open', 'upscale', 'fine-tune', 'export', 'rename', 'remove'])
    expect(menuOf('run', ['run-1'])).toEqual(['open', 'open-model', 'rename', 'remove'])
    expect(menuOf('result', ['result-1'])).toEqual(['open', 'cube', 'compare-maps', 'show', 'rename', 'remove', 'trash'])
  })
  it('keeps shipped models as they are', () => {
    expect(menuOf('model', ['studio-2x'])).toEqual(['open', 'upscale', 'fine-tune', 'export'])
    expect(menuOf('model', ['studio-2x', 'model-1'])).toEqual(['remove'])
  })
  it('helps with what is missing or stopped', () => {
    expect(menuOf('scene', ['scene-1'], { scenes: [sceneView({ state: 'missing', facts: null })] })).toEqual(['open', '(cube)', '(compare-maps)', '(fine-tune)', '(upscale)', 'relink', '(show)', 'rename', 'remove'])
    expect(menuOf('run', ['run-1'], { runs: [runRecord({ state: 'interrupted', modelId: null })] })).toEqual(['open', 'continue', 'rename', 'remove'])
    expect(menuOf('result', ['result-1'], { results: [resultView({ state: 'failed', paths: [] })] })).toEqual(['open', '(cube)', '(compare-maps)', 'continue', '(show)', 'rename', 'remove', 'trash'])
    expect(menuOf('model', ['model-1'], { scenes: [], models: [modelView()] })).toEqual(['open', '(upscale)', '(fine-tune)', 'export', 'rename', 'remove'])
  })
  it('removes nothing that is under way', () => {
    expect(menuOf('run', ['run-1'], { runs: [runRecord({ state: 'running', modelId: null })] })).toEqual(['open', 'rename', '(remove)'])
  })
  it('serves several marked lines', () => {
    const scenes = [sceneView(), sceneView({ id: 'scene-2' })]
    expect(menuOf('scene', ['scene-1', 'scene-2'], { scenes })).toEqual(['fine-tune', 'upscale', 'remove'])
    const runs = Array.from({ length: 7 }, (_, i) => runRecord({ id: `run-${i}` }))
    expect(menuOf('run', ['run-1', 'run-2'], { runs })).toEqual(['compare-runs', 'remove'])
    expect(menuOf('run', runs.map(({ id }) => id), { runs })).toEqual(['(compare-runs)', 'remove'])
    expect(menuOf('scene', [])).toEqual([])
  })
})
