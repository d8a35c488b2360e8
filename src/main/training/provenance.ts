import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../common/project-root'
import type { CheckpointManifest } from '../model/checkpoint-manifest'
import { precisionInUse } from '../model/precision'
import { tf } from '../model/tensorflow'

/** Which program, TensorFlow, device and precision made a model. */
export function provenance(): CheckpointManifest['provenance'] {
  const { version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }
  return {
    application: `DACN Studio ${version}`,
    tensorflow: `tfjs ${tf.version.tfjs}`,
    device: deviceName(),
    precision: precisionInUse(),
    createdUtc: new Date().toISOString(),
  }
}

function deviceName(): string {
  const backend = tf.backend() as unknown as { isUsingGpuDevice?: boolean }
  return backend.isUsingGpuDevice === true ? 'GPU' : 'CPU'
}
