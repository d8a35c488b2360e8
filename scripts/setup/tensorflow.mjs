import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bindingNeeds, makeBinding, readBindingMarker } from './binding.mjs'
import { listGpus } from './gpu.mjs'
import { readMarker, writeMarker } from './marker.mjs'
import { cacheFolder, choosePlatform, chooseVariant, tensorflowVersion } from './platforms.mjs'
import { StartFailure } from './probe.mjs'
import { say, warn } from './report.mjs'
import { installRuntime, runtimeNeeds } from './runtime.mjs'

// remembers a CUDA build that did not start, so that not every start tries for a minute; another driver or GPU counts anew
const refusalFile = (cache) => join(cache, 'cuda-refused.json')

/** Makes the next set-up try the GPU again. */
export function forgetRefusedGpu() {
  rmSync(refusalFile(cacheFolder({ system: process.platform, env: process.env })), { force: true })
}

/**
 * What this machine should have: platform, variant and the cache's place.
 * @param {{root: string, quick: boolean}} options `quick` keeps the variant that is installed instead of asking for a GPU
 * @returns {Promise<{cache: string, platform: string, variant: 'cpu' | 'cuda'}>}
 */
export async function chooseRuntime({ root, quick }) {
  const cache = cacheFolder({ system: process.platform, env: process.env })
  const platform = choosePlatform(process.platform, process.arch)
  const override = process.env.DACN_RUNTIME || (quick ? readBindingMarker(root)?.variant : undefined)
  const variant = await chooseVariant({ platform, override, hasGpu: async () => (await listGpus()) !== null })
  const refusal = variant === 'cuda' ? readMarker(refusalFile(cache)) : null
  if (refusal && refusal.tensorflow === tensorflowVersion && refusal.gpus === (await listGpus())) {
    say(`GPU not used: TensorFlow did not start on it (${refusal.reason.split('\n')[0]}); \`npm run setup -- --retry-gpu\` tries again`)
    return { cache, platform, variant: 'cpu' }
  }
  return { cache, platform, variant }
}

/**
 * @param {string} root
 * @param {{cache: string, platform: string, variant: 'cpu' | 'cuda'}} choice
 * @param {{deep: boolean}} how
 * @returns {Promise<string | null>} why TensorFlow must be set up, or null
 */
export async function tensorflowNeeds(root, choice, how) {
  return (await runtimeNeeds(choice, how)) ?? bindingNeeds(root, choice)
}

async function installVariant(root, choice, how) {
  const need = await runtimeNeeds(choice, how)
  if (need) {
    say(`TensorFlow ${tensorflowVersion} (${choice.variant}): ${need}`)
    await installRuntime(choice, how)
  }
  return (await bindingNeeds(root, choice)) === null ? null : makeBinding(root, choice)
}

/**
 * Sets up TensorFlow; where the CUDA build does not start or finds no GPU, says so and sets up the CPU build.
 * @param {string} root
 * @param {{cache: string, platform: string, variant: 'cpu' | 'cuda'}} choice
 * @param {{deep: boolean}} how
 */
export async function installTensorflow(root, choice, how) {
  let started
  let reason = ''
  try {
    started = await installVariant(root, choice, how)
  } catch (error) {
    if (choice.variant !== 'cuda' || !(error instanceof StartFailure)) throw error
    reason = error.message
  }
  if (choice.variant === 'cpu' || (reason === '' && (started === null || started.gpu))) return
  reason ||= started.warnings || 'it started, but it lists no GPU'
  warn(
    `The CUDA build of TensorFlow ${tensorflowVersion} cannot use a GPU here:\n${reason}\n` +
      'Going on with the CPU build: everything works, training is many times slower.\n' +
      'TensorFlow needs an NVIDIA driver 525 or later and a GPU of compute capability 6.0 or later. `npm run setup -- --retry-gpu` tries again.',
  )
  writeMarker(refusalFile(choice.cache), { tensorflow: tensorflowVersion, gpus: await listGpus(), reason })
  await installVariant(root, { ...choice, variant: 'cpu' }, how)
}
