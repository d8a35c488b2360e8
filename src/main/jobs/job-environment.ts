import { constants } from 'node:os'
import type { JobSpec } from './job-spec'

/** Read by the job process when it starts: how far it steps back behind other programs. */
export const NICE_VARIABLE = 'DACN_JOB_NICE'

/** Training allocates the same tensors in every step: nothing is given back. */
const KEPT_MEMORY = { MALLOC_MMAP_THRESHOLD_: '4294967296', MALLOC_TRIM_THRESHOLD_: '8589934592' }

/** Upscaling allocates pictures of many sizes: kept all, they fragment to four times the memory budget (measured: 8.7 GB). */
const BOUNDED_MEMORY = { MALLOC_MMAP_THRESHOLD_: '134217728', MALLOC_TRIM_THRESHOLD_: '268435456' }

/**
 * The environment of a job process: `inherited` and what TensorFlow reads while it loads. What the user has set
 * already is left as it is, except for the choices that `spec` makes.
 */
export function jobEnvironment(spec: JobSpec, inherited: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const defaults: NodeJS.ProcessEnv = {
    // glibc keeps freed memory, so that every large tensor does not pay for its page faults again (4-5 times faster element-wise operations)
    ...(spec.kind === 'train' || spec.kind === 'self-test' ? KEPT_MEMORY : BOUNDED_MEMORY),
    TF_CPP_MIN_LOG_LEVEL: '2',
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    [NICE_VARIABLE]: String(constants.priority.PRIORITY_BELOW_NORMAL),
  }
  const environment = { ...defaults, ...inherited }
  delete environment.ONEDNN_DEFAULT_FPMATH_MODE
  if (spec.kind === 'prepare' || spec.kind === 'analyse') return environment
  if (spec.precision === 'bfloat16') environment.ONEDNN_DEFAULT_FPMATH_MODE = 'BF16'
  if (spec.threads !== undefined) {
    environment.TF_NUM_INTRAOP_THREADS = String(spec.threads)
    // a graph runs independent operations side by side, each with the threads above
    environment.TF_NUM_INTEROP_THREADS = '1'
    environment.OMP_NUM_THREADS = String(spec.threads)
  }
  // the library looks for cards while it loads and finds none
  if (spec.device === 'cpu') environment.CUDA_VISIBLE_DEVICES = ''
  return environment
}
