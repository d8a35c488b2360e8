import type { JobContext } from '../common/job-context'
import type { JobResults } from '../jobs/job-result'
import type { JobKind, JobSpecs } from '../jobs/job-spec'

export type JobHandlers = { [K in JobKind]: (spec: JobSpecs[K], context: JobContext) => Promise<JobResults[K]> }

/** What to run for each kind of job. Imported only when asked for: TensorFlow loads with the first that needs it. */
export const jobHandlers: JobHandlers = {
  train: async (spec, context) => (await import('./train-job')).runTrainJob(spec, context),
  upscale: async (spec, context) => (await import('./upscale-job')).runUpscaleJob(spec, context),
  'self-test': async (spec, context) => (await import('./self-test')).runSelfTest(spec, context),
  analyse: async (spec, context) => (await import('./analyse-job')).runAnalyseJob(spec, context),
  prepare: async (spec, context) => (await import('./prepare-job')).runPrepareJob(spec, context),
}
