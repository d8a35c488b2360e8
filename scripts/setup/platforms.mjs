import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { SetupFailure } from './failure.mjs'

/** The TensorFlow whose C library runs under @tensorflow/tfjs-node-gpu. */
export const tensorflowVersion = '2.21.0'

// The wheels differ between Python versions only in parts that are not unpacked, so one is named for all.
export const pythonTag = '3.11'

const headers = [
  'tensorflow/include/tensorflow/c/',
  'tensorflow/include/tensorflow/core/platform/ctstring',
  'tensorflow/include/tsl/platform/ctstring',
  'tensorflow/include/xla/tsl/c/',
  'tensorflow/THIRD_PARTY_NOTICES.txt',
]

/** pip takes a wheel only for a platform named exactly, so all glibc versions up to the oldest one supported are listed. */
const linuxTags = (arch) => [
  ...Array.from({ length: 27 - 5 + 1 }, (_, index) => `manylinux_2_${27 - index}_${arch}`),
  `manylinux2014_${arch}`, `manylinux2010_${arch}`, `manylinux1_${arch}`,
]

/**
 * What there is for which machine.
 * - `tried`: whether a set-up of this project has been run on it, and what came of it
 * - `missing`: why the set-up refuses to begin there
 * - `variants`: the wheel, its checksum, its size (10^6 bytes) and the libraries to link, in `keep` with the headers
 * - `extra`: the wheel's optional requirements whose libraries are laid beside it
 * @type {Record<string, {tried: string, missing?: string, wheelTags: string[], variants: Record<string, {package: string, sha256: string | null,
 *   megabytes: number, libraries: string[], keep: string[], extra?: string, extraKeep?: RegExp}>}>}
 */
export const platforms = {
  'linux-x64': {
    tried: 'cpu: Debian 12, built and trained. cuda: downloaded, built and started without a GPU; not run on one.',
    wheelTags: linuxTags('x86_64'),
    variants: {
      cpu: {
        package: 'tensorflow-cpu',
        sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
        megabytes: 274,
        libraries: ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'],
        keep: headers,
      },
      cuda: {
        package: 'tensorflow',
        sha256: '9056fbc9ba04235810b71ae6cbd958a196e8804fb53bbcffbf3e23b56155f124',
        megabytes: 572,
        libraries: ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'],
        keep: headers,
        extra: 'and-cuda',
        extraKeep: /^nvidia\/[^/]+\/(lib\/.*\.so[.\d]*|bin\/.*|nvvm\/(bin|lib64|libdevice)\/.*)$/,
      },
    },
  },
  'linux-arm64': {
    tried: 'not tried: taken over from linux-x64, the wheel is known from its index entry only',
    wheelTags: linuxTags('aarch64'),
    variants: {
      cpu: {
        package: 'tensorflow',
        sha256: '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
        megabytes: 270,
        libraries: ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'],
        keep: headers,
      },
    },
  },
  'darwin-arm64': {
    tried: 'not tried: the wheel was opened, its libraries carry the same names and functions',
    wheelTags: ['macosx_12_0_arm64'],
    variants: {
      cpu: {
        package: 'tensorflow',
        sha256: '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
        megabytes: 223,
        libraries: ['tensorflow/libtensorflow_cc.2.dylib', 'tensorflow/libtensorflow_framework.2.dylib'],
        keep: headers,
      },
    },
  },
  'win32-x64': {
    tried: 'not tried',
    missing:
      'The native part has no recipe for Windows yet: the wheel (opened, not run) keeps the C functions in a library that also needs ' +
      'python311.dll, and the binding needs an import library for the host program and MSVC.',
    wheelTags: ['win_amd64'],
    variants: {
      cpu: {
        package: 'tensorflow-cpu',
        sha256: '6fc992a9c8700e18c178b0525f4e7697e58fce88df0dcb95db4dd3c7ad5f4651',
        megabytes: 351,
        libraries: ['tensorflow/python/_pywrap_tensorflow_common.dll'],
        keep: [...headers, 'tensorflow/python/_pywrap_tensorflow_common.dll.if.lib'],
      },
    },
  },
}

/**
 * @param {string} system process.platform
 * @param {string} arch process.arch
 * @returns {string} a key of `platforms`
 */
export function choosePlatform(system, arch) {
  const name = `${system}-${arch}`
  if (platforms[name]?.missing) {
    throw new SetupFailure(platforms[name].missing, 'Use Linux; on Windows, WSL 2 with Debian or Ubuntu is Linux.')
  }
  if (name in platforms) return name
  throw new SetupFailure(
    `There is no TensorFlow ${tensorflowVersion} for this machine (${name}).`,
    `Use one of: ${Object.keys(platforms).filter((other) => !platforms[other].missing).join(', ')}.` + (name === 'darwin-x64' ? ' TensorFlow for Macs with Intel processors ended with 2.16.' : ''),
  )
}

/**
 * Which build of TensorFlow to use: what DACN_RUNTIME says, else `cuda` where a GPU answers and a build exists, else `cpu`.
 * @param {{platform: string, override: string | undefined, hasGpu: () => Promise<boolean> | boolean}} facts
 * @returns {Promise<'cpu' | 'cuda'>}
 */
export async function chooseVariant({ platform, override, hasGpu }) {
  const offered = Object.keys(platforms[platform].variants)
  if (override) {
    if (override !== 'cpu' && override !== 'cuda') {
      throw new SetupFailure(`DACN_RUNTIME is "${override}".`, 'Set it to cpu or cuda, or leave it unset to have the set-up choose.')
    }
    if (!offered.includes(override)) {
      throw new SetupFailure(`DACN_RUNTIME is ${override}, but TensorFlow ${tensorflowVersion} has no such build for ${platform}.`, `Set it to ${offered.join(' or ')}, or leave it unset.`)
    }
    return override
  }
  return offered.includes('cuda') && (await hasGpu()) ? 'cuda' : 'cpu'
}

/**
 * Where the runtimes of all checkouts of one person lie: outside node_modules, which `npm ci` empties.
 * @param {{system: string, env: Record<string, string | undefined>, home?: string}} facts
 * @returns {string} absolute
 */
export function cacheFolder({ system, env, home = homedir() }) {
  if (env.DACN_CACHE) return resolve(env.DACN_CACHE)
  if (system === 'darwin') return join(home, 'Library', 'Caches', 'dacn-studio')
  if (system === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'dacn-studio')
  return join(env.XDG_CACHE_HOME || join(home, '.cache'), 'dacn-studio')
}
