import { installDebianPackages, mayInstallDebianPackages } from './debian-package.mjs'
import { SetupFailure } from './failure.mjs'
import { lastLines, run } from './run.mjs'

async function firstThatAnswers() {
  for (const command of [process.env.CXX, 'g++', 'clang++', 'c++']) {
    // macOS has a clang++ that only says that it is not installed
    if (command && (await run(command, ['--version'])).code === 0) return command
  }
  return null
}

/** @returns {Promise<string>} a C++ compiler that takes GCC's options; installed first where that is possible and none is there */
export async function findCompiler() {
  const found = await firstThatAnswers()
  if (found) return found
  if (mayInstallDebianPackages() && (await installDebianPackages(['g++']))) {
    const installed = await firstThatAnswers()
    if (installed) return installed
  }
  const remedies = {
    linux: 'Install one: `sudo apt-get install g++` (Debian, Ubuntu), `sudo dnf install gcc-c++` (Fedora).',
    darwin: 'Install one: `xcode-select --install`.',
  }
  throw new SetupFailure('The native binding is compiled on this machine, but there is no C++ compiler (tried CXX, g++, clang++ and c++).', remedies[process.platform] ?? 'Install g++.')
}

/**
 * The one compiler call that makes tfjs_binding.node, without node-gyp and without Node's own headers.
 * @param {{system: string, binding: string, headers: string, runtime: string, libraries: string[], output: string}} paths
 *   `binding`: the folder of tfjs-node's C++ sources; `headers`: Node-API's; `runtime`: see runtime.mjs; `libraries` relative to it
 * @returns {string[]} the compiler's arguments
 */
export function compilerArguments({ system, binding, headers, runtime, libraries, output }) {
  const isMac = system === 'darwin'
  return [
    '-O2', '-shared', '-fPIC', '-std=c++17', '-DNAPI_VERSION=8',
    `-I${runtime}/tensorflow/include`, `-I${headers}`,
    `${binding}/tfjs_backend.cc`, `${binding}/tfjs_binding.cc`,
    '-o', output,
    ...libraries.map((library) => `${runtime}/${library}`),
    // relative, so that a packaged copy of the two folders runs anywhere
    `-Wl,-rpath,${isMac ? '@loader_path' : '$ORIGIN'}/../../deps/tensorflow`,
    // Node-API's functions come from the host program, Node or Electron
    ...(isMac ? ['-undefined', 'dynamic_lookup'] : []),
  ]
}

/** @param {string} compiler @param {string[]} args */
export async function compile(compiler, args) {
  const result = await run(compiler, args)
  if (result.code !== 0) {
    throw new SetupFailure(
      `${compiler} could not compile the native binding:\n${lastLines(result.stderr, 8) || `ended with ${result.signal ?? result.code}`}`,
      'A compiler that knows C++17 is needed (g++ 8, clang++ 7 or later); CXX names another one.',
    )
  }
}
