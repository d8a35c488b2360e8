import { expect, it } from 'vitest'
import { quietContext } from '../../src/main/common/job-context'
import { resourcePath } from '../../src/main/common/project-root'
import { wholeWindow } from '../../src/main/cube/pixel-window'
import type { Kernel } from '../../src/main/dataset/degrade'
import { fitSceneComponents, readComponents } from '../../src/main/dataset/scene-components'
import { sceneRange } from '../../src/main/dataset/scene-range'
import { openCube } from '../../src/main/formats/registry'
import { baseErrorModel } from '../../src/main/inference/base-error-model'
import { servingSymmetries } from '../../src/main/inference/serving-symmetries'
import type { ErrorModel } from '../../src/main/model/checkpoint-manifest'
import { studioLayout } from '../../src/main/model/studio/network'
import { loadParameters } from '../../src/main/model/studio/predict'
import { defaultStudioShape } from '../../src/main/model/studio/shape'
import { tf } from '../../src/main/model/tensorflow'
import { CASCADE } from '../../src/main/training/cascade'
import { calibrate } from '../../src/main/training/calibration'
import { HeldOutBlock } from '../../src/main/training/held-out-block'
import { loadStudioBase } from '../../src/main/training/studio-base'

/** The calibration of the shipped weights on the whole sample scene. */
async function fitted(scale: 2 | 3 | 4 | 8, kernel: Kernel, quality: 'fast' | 'best'): Promise<ErrorModel> {
  const context = quietContext()
  const { shape, passes, weights, symmetries } = await loadStudioBase(scale, kernel, null)
  const reader = await openCube(resourcePath('sample-scene', 'dlr-hysu.tif'))
  const parameters = loadParameters(studioLayout(shape), weights)
  try {
    const within = wholeWindow(reader.header)
    const scene = await fitSceneComponents(reader, within)
    const { components } = await readComponents(reader, within, scene)
    const window = { row: 0, col: 0, rows: Math.floor(within.rows / scale) * scale, cols: Math.floor(within.cols / scale) * scale }
    const model = { shape, passes, kernel, parameters }
    const block = await HeldOutBlock.prepare(reader, within, window, components, scene, model, await sceneRange(reader, within, scene.bands), context)
    const { known } = await block.measure('base', context, model, servingSymmetries(symmetries, quality))
    const calibration = calibrate([known])
    if (calibration === null) throw new Error('nothing to fit')
    return calibration.errorModel
  } finally {
    tf.dispose(parameters)
    await reader.close()
  }
}

const cases: { scale: 2 | 3 | 4 | 8; quality: 'fast' | 'best'; kernel: Kernel }[] = ([2, 3, 4, 8] as const).flatMap((scale) => (['fast', 'best'] as const).flatMap((quality) => [
  { scale, quality, kernel: { kind: 'block' } },
  { scale, quality, kernel: { kind: 'gaussian', sigma: scale / 2 } },
]))

it.each(cases)(
  'the error model of base weights is the one of the sample scene ($scale x, $kernel.kind, $quality)', async ({ scale, kernel, quality }) => {
    const found = await fitted(scale, kernel, quality)
    const { scale: step, passes } = CASCADE[scale]
    const kept = baseErrorModel({ shape: defaultStudioShape(step), passes }, kernel, quality === 'best' ? 2 : 1)
    // the last bits of a convolution differ from machine to machine; the spread, 1e-4 at most, says nothing where its factor is small
    const slack = { floor: 0, spread: 0.1, detail: 0 }
    for (const sign of ['floor', 'spread', 'detail'] as const) {
      expect(kept[sign]).toBeGreaterThanOrEqual(0.9 * found[sign] - slack[sign])
      expect(kept[sign]).toBeLessThanOrEqual(1.1 * found[sign] + slack[sign])
    }
  },
)
