import './legacy-node-util'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type * as TensorFlow from '@tensorflow/tfjs-node-gpu'
import { StudioError } from '../common/errors'
import { projectRoot } from '../common/project-root'

function load(): typeof TensorFlow {
  // read by the native library while it loads
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2'
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true'
  try {
    const tf = createRequire(join(projectRoot, 'package.json'))('@tensorflow/tfjs-node-gpu') as typeof TensorFlow
    tf.enableProdMode()
    return tf
  } catch (cause) {
    throw new StudioError('missing-runtime', 'TensorFlow could not be loaded: ' + (cause instanceof Error ? cause.message : String(cause)), {
      remedy: 'Run `npm run setup` in the folder of DACN Studio; `npx dacn doctor` says what is missing.',
      cause,
    })
  }
}

/**
 * TensorFlow. It loads once per process (0.4-0.8 s) and holds its memory until the process ends, so only job processes
 * and the command line's own tests import this file: one job, one process.
 */
export const tf = load()

export type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-node-gpu'
