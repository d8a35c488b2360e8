import type { JobResults } from '../../src/main/jobs/job-result'
import type { PrepareSpec, SelfTestSpec, TrainSpec } from '../../src/main/jobs/job-spec'

export const selfTestSpec: SelfTestSpec = { kind: 'self-test', seconds: 1, precision: 'float32' }

export const selfTestResult: JobResults['self-test'] = {
  tensorflow: '0', binding: '0', devices: [], steps: 2, seconds: 1, firstLoss: 2, lastLoss: 1,
}

export const prepareSpec: PrepareSpec = { kind: 'prepare', scene: '/scene.mat', out: '/cache/copy.img' }

export const prepareResult: JobResults['prepare'] = { files: ['/cache/copy.img'], sizeBytes: 100, seconds: 1 }

export const trainSpec: TrainSpec = {
  kind: 'train', scenes: ['/scene.hdr'], scale: 2, preset: 'studio', out: '/model', steps: 10, seed: 1, resume: false,
  kernel: { kind: 'block' }, precision: 'float32',
}
