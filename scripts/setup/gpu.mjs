import { run } from './run.mjs'

/**
 * The NVIDIA GPUs of this machine, as `nvidia-smi` lists them.
 * @returns {Promise<string | null>} e.g. `NVIDIA H200, 580.159.03` (name, driver), a line each; null without one
 */
export async function listGpus() {
  const answer = await run('nvidia-smi', ['--query-gpu=name,driver_version', '--format=csv,noheader'], { timeoutMs: 15_000 })
  return answer.code === 0 && answer.stdout.trim() !== '' ? answer.stdout.trim() : null
}
