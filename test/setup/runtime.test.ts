import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeEach, expect, it, vi } from 'vitest'
import { type FileRecords, type RuntimeChoice, setupScript, type WheelTools } from './setup-scripts'
import { temporaryFolder } from './temporary-folder'

const { installRuntime, runtimeFolder, runtimeNeeds } = await setupScript('runtime.mjs')
const { platforms, tensorflowVersion } = await setupScript('platforms.mjs')

// the steps announce themselves there
beforeEach(() => { vi.spyOn(process.stderr, 'write').mockReturnValue(true) })

const sizes = { deep: false }
const wheelName = `tensorflow_cpu-${tensorflowVersion}-cp311-cp311-any.whl`
const wheelContent = 'a wheel'
const sha256 = (content: string) => createHash('sha256').update(content).digest('hex')

let choice: RuntimeChoice
let calls: string[]

/** Tools that write small files instead of fetching gigabytes, and note what they were asked for. */
function fakeTools(changes: Partial<WheelTools> = {}): WheelTools {
  return {
    findPython: () => Promise.resolve(['python3']),
    downloadWheels: (_python, requirements, { into }) => {
      calls.push(`download ${requirements.join(' ')}`)
      writeFileSync(join(into, wheelName), wheelContent)
      return Promise.resolve()
    },
    readWheelMetadata: () => Promise.resolve(''),
    unpackWheel: (_python, _wheel, folder, { prefixes }) => {
      calls.push('unpack')
      return Promise.resolve(unpackInto(folder, prefixes.filter((prefix) => !prefix.endsWith('/'))))
    },
    ...changes,
  }
}

function unpackInto(folder: string, names: string[]): FileRecords {
  return Object.fromEntries(names.map((name) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), `content of ${name}`)
    return [name, { bytes: `content of ${name}`.length, sha256: sha256(`content of ${name}`) }]
  }))
}

beforeEach(() => {
  // a platform of this test's own: its wheel's checksum is that of the fake
  const real = platforms['linux-x64']
  if (!real?.variants.cpu) throw new Error('linux-x64 is gone from the table')
  platforms['test-machine'] = { ...real, variants: { cpu: { ...real.variants.cpu, sha256: sha256(wheelContent) } } }
  choice = { cache: temporaryFolder(), platform: 'test-machine', variant: 'cpu' }
  calls = []
  return () => { delete platforms['test-machine'] }
})

it('downloads, unpacks and records, then has nothing to do and leaves no wheel', async () => {
  expect(await runtimeNeeds(choice, sizes)).toMatch(/not there yet/)
  await installRuntime(choice, sizes, fakeTools())
  expect(calls).toEqual([`download tensorflow-cpu==${tensorflowVersion}`, 'unpack'])
  expect(await runtimeNeeds(choice, { deep: true })).toBeNull()
  expect(readdirSync(choice.cache)).toEqual([`tensorflow-${tensorflowVersion}-cpu`])
  await installRuntime(choice, sizes, fakeTools())
  expect(calls).toHaveLength(2)
})

it('uses a wheel that lies in the downloads folder', async () => {
  mkdirSync(join(choice.cache, 'downloads', 'cpu'), { recursive: true })
  writeFileSync(join(choice.cache, 'downloads', 'cpu', wheelName), wheelContent)
  await installRuntime(choice, sizes, fakeTools())
  expect(calls).toEqual(['unpack'])
})

it('after a failure while unpacking, leaves no half of it and needs no second download', async () => {
  const failing = fakeTools({
    unpackWheel: (_python, _wheel, folder) => {
      unpackInto(folder, ['tensorflow/libtensorflow_cc.so.2'])
      return Promise.reject(new Error('disk full'))
    },
  })
  await expect(installRuntime(choice, sizes, failing)).rejects.toThrow('disk full')
  expect(readdirSync(choice.cache)).toEqual(['downloads'])
  expect(await runtimeNeeds(choice, sizes)).toMatch(/not there yet/)
  await installRuntime(choice, sizes, fakeTools())
  expect(calls).toEqual([`download tensorflow-cpu==${tensorflowVersion}`, 'unpack'])
  expect(await runtimeNeeds(choice, { deep: true })).toBeNull()
})

it('after a kill while unpacking or renaming, sweeps the rest', async () => {
  // the names that a set-up with process number 1 would have left
  for (const left of ['partial-1', 'replaced-1']) unpackInto(`${runtimeFolder(choice)}.${left}`, ['tensorflow/libtensorflow_cc.so.2'])
  expect(await runtimeNeeds(choice, sizes)).toMatch(/not there yet/)
  await installRuntime(choice, sizes, fakeTools())
  expect(readdirSync(choice.cache)).toEqual([`tensorflow-${tensorflowVersion}-cpu`])
})

it('after a kill while downloading, sweeps what pip left', async () => {
  const unfinished = join(choice.cache, 'downloads', 'cpu', 'unfinished-1')
  mkdirSync(unfinished, { recursive: true })
  const sawLeftover: boolean[] = []
  await installRuntime(choice, sizes, fakeTools({ findPython: () => { sawLeftover.push(existsSync(unfinished)); return Promise.resolve(['python3']) } }))
  expect(sawLeftover).toEqual([false])
})

it('replaces a folder that has no record, lost a file, or was cut short', async () => {
  const library = join(runtimeFolder(choice), 'tensorflow', 'libtensorflow_cc.so.2')
  mkdirSync(dirname(library), { recursive: true })
  expect(await runtimeNeeds(choice, sizes)).toMatch(/cut off/)
  for (const harm of [() => { truncateSync(library, 3) }, () => { rmSync(library) }]) {
    await installRuntime(choice, sizes, fakeTools())
    expect(await runtimeNeeds(choice, sizes)).toBeNull()
    harm()
    expect(await runtimeNeeds(choice, sizes)).toMatch(/libtensorflow_cc/)
  }
})

it('finds a changed byte only when asked to read everything, and then mends it', async () => {
  await installRuntime(choice, sizes, fakeTools())
  const library = join(runtimeFolder(choice), 'tensorflow', 'libtensorflow_cc.so.2')
  writeFileSync(library, 'CONTENT of tensorflow/libtensorflow_cc.so.2')
  expect(await runtimeNeeds(choice, sizes)).toBeNull()
  expect(await runtimeNeeds(choice, { deep: true })).toMatch(/has been changed/)
  await installRuntime(choice, { deep: true }, fakeTools())
  expect(await runtimeNeeds(choice, { deep: true })).toBeNull()
})

it('refuses and deletes a wheel with another checksum', async () => {
  const tampered = fakeTools({
    downloadWheels: (_python, _requirements, { into }) => {
      writeFileSync(join(into, wheelName), 'another wheel')
      return Promise.resolve()
    },
  })
  await expect(installRuntime(choice, sizes, tampered)).rejects.toThrowError(expect.objectContaining({
    message: expect.stringContaining(sha256('another wheel')) as string,
    remedy: expect.stringContaining('PIP_INDEX_URL') as string,
  }))
  expect(calls).toEqual([])
  expect(readdirSync(join(choice.cache, 'downloads', 'cpu'))).toEqual([])
})

it('fetches beside the CUDA build what its wheel requires, and records the versions', async () => {
  const cuda = platforms['linux-x64']?.variants.cuda
  const machine = platforms['test-machine']
  if (!cuda || !machine) throw new Error('no CUDA build in the table')
  machine.variants.cuda = { ...cuda, sha256: sha256(wheelContent) }
  const tools = fakeTools({
    downloadWheels: (_python, requirements, { into }) => {
      calls.push(...requirements)
      for (const requirement of requirements) {
        writeFileSync(join(into, requirement.startsWith('tensorflow') ? `tensorflow-${tensorflowVersion}-x.whl` : 'nvidia_cudnn_cu12-9.15.1.9-x.whl'), wheelContent)
      }
      return Promise.resolve()
    },
    readWheelMetadata: () => Promise.resolve('Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"\n\n'),
    unpackWheel: (_python, _wheel, folder, { prefixes, pattern }) =>
      Promise.resolve(unpackInto(folder, pattern ? ['nvidia/cudnn/lib/libcudnn.so.9'] : prefixes.filter((prefix) => prefix.includes('.so')))),
  })
  const withCuda: RuntimeChoice = { ...choice, variant: 'cuda' }
  await installRuntime(withCuda, sizes, tools)
  expect(calls).toEqual([`tensorflow==${tensorflowVersion}`, 'nvidia-cudnn-cu12<10.0,>=9.3.0.75'])
  const { readMarker } = await setupScript('marker.mjs')
  expect(readMarker(join(runtimeFolder(withCuda), 'dacn-runtime.json'))).toMatchObject({
    variant: 'cuda',
    wheels: [{ name: 'tensorflow', version: tensorflowVersion }, { name: 'nvidia-cudnn-cu12', version: '9.15.1.9' }],
    files: { 'nvidia/cudnn/lib/libcudnn.so.9': { bytes: 41 } },
  })
  expect(await runtimeNeeds(withCuda, { deep: true })).toBeNull()
})
