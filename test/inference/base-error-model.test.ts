import { expect, test } from 'vitest'
import type { Kernel } from '../../src/main/dataset/degrade'
import { baseErrorModel } from '../../src/main/inference/base-error-model'
import { defaultStudioShape } from '../../src/main/model/studio/shape'

const gaussian = (sigma: number): Kernel => ({ kind: 'gaussian', sigma })

test.each([[{ shape: defaultStudioShape(2), passes: 1 }, 2], [{ shape: defaultStudioShape(2), passes: 3 }, 8]] as const)(
  'expected errors are those of the weights that serve: by the width of the point-spread function (cascade %#)', (cascade, scale) => {
    const block = baseErrorModel(cascade, { kind: 'block' }, 2)
    expect(baseErrorModel(cascade, gaussian(0.1 * scale), 2)).toEqual(block)
    expect(baseErrorModel(cascade, gaussian(0.5 * scale), 2)).not.toEqual(block)
  },
)
