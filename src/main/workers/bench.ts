import { parseArgs } from 'node:util'
import type { Compression } from '../cube/cube-writer'
import type { Interleave } from '../cube/cube-header'
import { jobEnvironment } from '../jobs/job-environment'
import type { JobSpec, Precision } from '../jobs/job-spec'
import type { DesignTrial } from './ablation/compare-designs'
import type { ServingTrial } from './ablation/serve-otherwise'
import type { IngredientTrial } from './ablation/train-without'
import { benchRead, benchWrite, writeBenchScene, type SceneSize, type Storage } from './bench-files'
import type { NetworkCase } from './bench-network'
import { benchPictures, benchPrepare } from './bench-pictures'
import type { BenchType } from './bench-scene'

/**
 * Entry of the processes that `npm run bench` (scripts/bench.mjs) and `npm run bench:ablation` start: one case a process, so that the peak memory is
 * that of the case. Prints the result as one line of JSON. It trusts its arguments: nobody else starts it.
 */
async function main(): Promise<unknown> {
  const { values, positionals: [task] } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: 'string', default: '1' },
      cols: { type: 'string', default: '1' },
      bands: { type: 'string', default: '1' },
      type: { type: 'string', default: 'int16' },
      interleave: { type: 'string', default: 'bip' },
      compression: { type: 'string', default: 'none' },
      source: { type: 'string', default: '' },
      out: { type: 'string', default: '' },
      name: { type: 'string', default: '' },
      steps: { type: 'string', default: '1' },
      precision: { type: 'string', default: 'float32' },
      trial: { type: 'string', default: '{}' },
    },
  })
  const { source, out } = values
  const size: SceneSize = { rows: Number(values.rows), cols: Number(values.cols), bands: Number(values.bands), type: values.type as BenchType }
  const storage: Storage = { interleave: values.interleave as Interleave, compression: values.compression as Compression }
  switch (task) {
    case 'scene':
      await writeBenchScene(size, storage, out)
      return {}
    case 'write': return benchWrite(source, size, storage, out)
    case 'read': return benchRead(source)
    case 'prepare': return benchPrepare(source, out)
    case 'pictures': return benchPictures(source, out)
    case 'environment':
      return jobEnvironment(jobSpec(values.name, values.precision as Precision), {})
    // TensorFlow loads with these only
    case 'network': return (await import('./bench-network')).benchNetwork(values.name as NetworkCase, Number(values.steps), out === '' ? null : out)
    case 'model':
      await (await import('./bench-network')).writeFreshModel(values.name === 'paper' ? 'paper' : 'studio', size.bands, out)
      return {}
    case 'designs': return (await import('./ablation/compare-designs')).compareDesigns(JSON.parse(values.trial) as DesignTrial)
    case 'serving': return (await import('./ablation/serve-otherwise')).serveOtherwise(JSON.parse(values.trial) as ServingTrial)
    case 'ingredient': return (await import('./ablation/train-without')).trainWithout(JSON.parse(values.trial) as IngredientTrial)
    case undefined:
    default: throw new Error('This program runs the cases of `npm run bench` and `npm run bench:ablation`.')
  }
}

/** A job that would run the network as the case does. */
function jobSpec(name: string, precision: Precision): JobSpec {
  if (!name.startsWith('infer')) return { kind: 'self-test', seconds: 1, precision }
  return {
    kind: 'upscale', scene: '', out: '', model: '', resume: false, memoryBudgetMb: 2048, sampleType: 'source', compression: 'none', interleave: 'bip',
    consistency: true, precision,
  }
}

main().then(
  (result) => { console.log(JSON.stringify(result)) },
  (error: unknown) => {
    console.error(error)
    process.exitCode = 1
  },
)
