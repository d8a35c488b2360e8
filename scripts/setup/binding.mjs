import { existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { compile, compilerArguments, findCompiler } from './compiler.mjs'
import { SetupFailure } from './failure.mjs'
import { differenceFromMarker, readMarker, sha256, sha256OfFile, writeMarker } from './marker.mjs'
import { platforms } from './platforms.mjs'
import { startTensorflow } from './probe.mjs'
import { say } from './report.mjs'
import { readRuntimeMarker, runtimeFolder } from './runtime.mjs'

const fileName = 'tfjs_binding.node'

/** The folders of the binding in one checkout. @param {string} root */
function placesIn(root) {
  const tfjs = join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu')
  const output = join(tfjs, 'lib', 'napi-v8')
  return {
    sources: join(tfjs, 'binding'),
    headers: join(root, 'node_modules', 'node-api-headers', 'include'),
    output,
    marker: join(output, 'dacn-binding.json'),
    link: join(tfjs, 'deps'),
  }
}

/** The record of the binding that this checkout has, or null. @param {string} root */
export function readBindingMarker(root) {
  return readMarker(placesIn(root).marker)
}

/** A fingerprint of all that the binding is made from. */
function recipe(root, choice) {
  const places = placesIn(root)
  const { libraries } = platforms[choice.platform].variants[choice.variant]
  const shape = compilerArguments({ system: process.platform, binding: 'B', headers: 'H', runtime: 'R', libraries, output: 'O' })
  const sources = readdirSync(places.sources).sort().map((name) => [name, sha256(readFileSync(join(places.sources, name)))])
  return sha256(JSON.stringify([shape, sources, readRuntimeMarker(runtimeFolder(choice))]))
}

function linkLeadsTo(link, folder) {
  try {
    return realpathSync(link) === realpathSync(folder)
  } catch {
    return false
  }
}

/**
 * @param {string} root the checkout
 * @param {{cache: string, platform: string, variant: 'cpu' | 'cuda'}} choice
 * @returns {Promise<string | null>} why the binding must be made, or null when it is there and started once
 */
export async function bindingNeeds(root, choice) {
  const places = placesIn(root)
  const marker = readMarker(places.marker)
  if (!marker) return 'it is not there yet'
  if (marker.recipe !== recipe(root, choice)) return `it was made for TensorFlow ${marker.tensorflow} (${marker.variant}) or from other sources`
  if (!linkLeadsTo(places.link, runtimeFolder(choice))) return 'its link to the TensorFlow runtime is gone'
  return differenceFromMarker(places.output, marker.files ?? {}, { deep: true })
}

/**
 * Compiles the binding, links it to the runtime and starts TensorFlow once in a process of its own.
 * @param {string} root
 * @param {{cache: string, platform: string, variant: 'cpu' | 'cuda'}} choice
 * @returns {Promise<{gpu: boolean, warnings: string}>} see `startTensorflow`
 */
export async function makeBinding(root, choice) {
  const places = placesIn(root)
  const runtime = runtimeFolder(choice)
  if (!existsSync(places.sources)) {
    throw new SetupFailure('@tensorflow/tfjs-node-gpu is not complete in node_modules.', 'Delete node_modules and start again.')
  }
  const { libraries } = platforms[choice.platform].variants[choice.variant]
  const compiler = await findCompiler()
  say(`native binding: compiling with ${compiler} (about 10 seconds)`)
  mkdirSync(places.output, { recursive: true })
  for (const name of readdirSync(places.output)) {
    if (name.endsWith('.partial')) rmSync(join(places.output, name), { force: true })
  }
  const partial = join(places.output, `${process.pid}.partial`)
  await compile(compiler, compilerArguments({ system: process.platform, binding: places.sources, headers: places.headers, runtime, libraries, output: partial }))

  const binary = join(places.output, fileName)
  rmSync(places.marker, { force: true })
  renameSync(partial, binary)
  if (!linkLeadsTo(places.link, runtime)) {
    rmSync(places.link, { recursive: true, force: true })
    symlinkSync(runtime, places.link, process.platform === 'win32' ? 'junction' : 'dir')
  }
  const started = await startTensorflow(root)
  const content = readFileSync(binary)
  writeMarker(places.marker, {
    recipe: recipe(root, choice),
    tensorflow: started.tensorflow,
    variant: choice.variant,
    gpu: started.gpu,
    compiler,
    files: { [fileName]: { bytes: content.length, sha256: await sha256OfFile(binary) } },
  })
  return started
}
