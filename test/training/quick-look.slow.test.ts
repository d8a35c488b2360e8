import { describe, expect, it } from 'vitest'
import { quietContext } from '../../src/main/common/job-context'
import { resourcePath } from '../../src/main/common/project-root'
import { openCube } from '../../src/main/formats/registry'
import { studioLayout } from '../../src/main/model/studio/network'
import { loadParameters } from '../../src/main/model/studio/predict'
import { tf } from '../../src/main/model/tensorflow'
import { prepareScene } from '../../src/main/training/scene-material'
import { loadStudioBase } from '../../src/main/training/studio-base'

const SCENE = resourcePath('sample-scene', 'dlr-hysu.tif')

describe('the quick look at held-out ground', () => {
  for (const scale of [2, 4] as const) {
    it(`scores the shipped ${scale}x weights as the full look does`, async () => {
      const reader = await openCube(SCENE)
      const { shape, passes, weights } = await loadStudioBase(scale, { kind: 'block' }, null)
      const plan = { shape, passes, kernel: { kind: 'block' } } as const
      const context = quietContext()
      const { block } = await prepareScene({ reader, window: null, validation: null, repairs: {} }, scale, plan, context)
      const model = { ...plan, parameters: loadParameters(studioLayout(shape), weights) }
      try {
        const quick = block.quickScore(await block.render('base', context, model))
        const { quality } = await block.measure('base', context, model)
        expect(Math.abs(quick.psnr - quality.psnr)).toBeLessThan(0.001)
        expect(Math.abs(quick.samDegrees - quality.samDegrees)).toBeLessThan(0.0002)
      } finally {
        tf.dispose(model.parameters)
        await reader.close()
      }
    })
  }
})
