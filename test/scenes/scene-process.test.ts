import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { builtEntry, resourcePath } from '../../src/main/common/project-root'
import { SceneProcess, type SceneChannel } from '../../src/main/scenes/scene-client'
import type { DerivedSource, SceneSource, ToScenes } from '../../src/main/scenes/scene-messages'
import { forkedScenes } from './forked-scene-process'
import { temporaryFolder, writeScene } from './scene-files'

async function madeScene(): Promise<SceneSource> {
  const path = await writeScene(join(await temporaryFolder(), 'scene.img'), { rows: 30, cols: 20, bands: 3 })
  return { path, variable: null, repairs: {}, workingCopy: null }
}

describe('the built scene process', () => {
  it('opens, inspects, fingerprints and closes, in one process without TensorFlow', async () => {
    const { scenes, children, starts } = forkedScenes()
    const source = await madeScene()
    const { facts, fingerprint } = await scenes.open('scene:a', { ...source, repairs: { nodata: 5 } })
    expect(facts).toMatchObject({ format: 'ENVI', rows: 30, cols: 20, bands: 3, nodata: [5, 5, 5] })
    expect(await scenes.fingerprint(source.path, null)).toBe(fingerprint)
    expect(await scenes.inspect({ path: source.path, variable: null, repairs: {} })).toMatchObject({ scene: { fingerprint }, error: null, variables: [] })
    expect(await scenes.inspect({ path: '/nowhere.tif', variable: null, repairs: {} })).toMatchObject({ scene: null, error: { tag: 'not-found' } })
    await expect(scenes.fingerprint('/nowhere.tif', null)).rejects.toMatchObject({ tag: 'not-found' })
    await expect(scenes.open('scene:b', { ...source, path: '/nowhere.tif' })).rejects.toMatchObject({ tag: 'not-found', file: '/nowhere.tif' })
    await scenes.close('scene:a')
    await scenes.close('scene:a')
    expect([children.length, starts()]).toEqual([1, 1])
    const maps = `/proc/${children[0]?.pid ?? 0}/maps`
    if (existsSync(maps)) expect(await readFile(maps, 'utf8')).not.toMatch(/tensorflow|tfjs/)
  })

  it('packs and unpacks models', async () => {
    const { scenes } = forkedScenes()
    const folder = await temporaryFolder()
    const [packed, unpacked] = [join(folder, 'a.dacnmodel'), join(folder, 'models', 'a')]
    await scenes.pack(resourcePath('models', 'studio-2x'), packed)
    await scenes.unpack(packed, unpacked)
    expect(await readFile(join(unpacked, 'weights.f32'))).toEqual(await readFile(resourcePath('models', 'studio-2x', 'weights.f32')))
    await expect(scenes.unpack(packed, unpacked)).rejects.toMatchObject({ tag: 'invalid-argument' })
  })

  it('ends what is asked of it when it dies, and opens its layers again in a new one', async () => {
    const { scenes, children, starts } = forkedScenes()
    const source = await madeScene()
    await scenes.open('scene:a', source)
    const asked = scenes.fingerprint(source.path, null)
    children[0]?.kill('SIGKILL')
    await expect(asked).rejects.toMatchObject({ tag: 'crashed' })
    await expect(asked).rejects.toThrow('signal SIGKILL')
    expect(starts()).toBe(1)
    expect(typeof await scenes.fingerprint(source.path, null)).toBe('string')
    expect([children.length, starts()]).toEqual([2, 2])
  })

  it('ends with main', async () => {
    const { scenes, children } = forkedScenes()
    await scenes.fingerprint((await madeScene()).path, null)
    const [child] = children
    const exited = new Promise((resolve) => child?.once('exit', resolve))
    child?.disconnect()
    expect(await exited).toBe(0)
  })

  it('is nothing to start by hand', async () => {
    await expect(promisify(execFile)(process.execPath, [builtEntry('scene-service')])).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('npx dacn') as string })
  })
})

/** A process that the test plays. */
class PlayedChannel implements SceneChannel<string> {
  readonly posted: { message: ToScenes; ports: readonly string[] }[] = []
  ended = false
  private receive: (message: unknown) => void = () => undefined
  private exit: (reason: string) => void = () => undefined

  post(message: ToScenes, ports: readonly string[] = []): void { this.posted.push({ message, ports }) }
  onMessage(receive: (message: unknown) => void): void { this.receive = receive }
  onExit(listener: (reason: string) => void): void { this.exit = listener }
  end(): void { this.ended = true }
  say(message: unknown): void { this.receive(message) }
  die(): void { this.exit('exit code 1') }
}

describe('main\'s side', () => {
  function play(): { scenes: SceneProcess<string>; channels: PlayedChannel[] } {
    const channels: PlayedChannel[] = []
    const scenes: SceneProcess<string> = new SceneProcess<string>(() => {
      const channel = new PlayedChannel()
      channels.push(channel)
      return channel
    }, () => { scenes.connect(`port ${channels.length}`) })
    return { scenes, channels }
  }
  const source: SceneSource = { path: '/a.img', variable: null, repairs: {}, workingCopy: null }
  const names = (channel: PlayedChannel | undefined): string[] => channel?.posted.map(({ message, ports }) => [message.name, ...ports].join(' ')) ?? []
  const passTime = (ms: number): void => {
    const { now } = Date
    Date.now = () => now() + ms
    onTestFinished(() => { Date.now = now })
  }

  it('gives the window a new port whenever a process begins', async () => {
    const { scenes, channels } = play()
    void scenes.fingerprint('/a.img', null).catch(() => undefined)
    expect(names(channels[0])).toEqual(['port port 1', 'fingerprint'])
    channels[0]?.die()
    void scenes.fingerprint('/a.img', null).catch(() => undefined)
    expect(names(channels[1])).toEqual(['port port 2', 'fingerprint'])
    await Promise.resolve()
  })

  it('starts a new process at once while layers are open, unless the last one died young', async () => {
    const { scenes, channels } = play()
    const opening = scenes.open('scene:a', source)
    channels[0]?.say({ id: 0, ok: false, error: { tag: 'io', message: 'gone' } })
    await expect(opening).rejects.toThrow('gone')
    void scenes.open('scene:b', source).catch(() => undefined)
    channels[0]?.say({ id: 2, ok: false, error: { tag: 'io', message: 'late' } })
    const kept = scenes.open('scene:c', source)
    const last = channels[0]?.posted.at(-1)?.message as { id: number }
    channels[0]?.say({ id: last.id, ok: true, value: { facts: plainFacts, fingerprint: 'f' } })
    await kept
    channels[0]?.die()
    await new Promise((resolve) => { setImmediate(resolve) })
    expect(channels).toHaveLength(1)
    void scenes.fingerprint('/a.img', null).catch(() => undefined)
    expect(names(channels[1])).toEqual(['open', 'port port 2', 'fingerprint'])
    passTime(10_000)
    channels[1]?.die()
    await new Promise((resolve) => { setImmediate(resolve) })
    expect(names(channels[2])).toEqual(['open', 'port port 3'])
  })

  it('tries again after a pause when a process died young, some times', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'Date'] })
    onTestFinished(() => { vi.useRealTimers() })
    const { scenes, channels } = play()
    const opening = scenes.open('scene:a', source)
    channels[0]?.say({ id: 0, ok: true, value: { facts: plainFacts, fingerprint: 'f' } })
    await opening
    for (const begun of [1, 2]) {
      channels[begun - 1]?.die()
      await vi.advanceTimersByTimeAsync(4000)
      expect(channels).toHaveLength(begun)
      await vi.advanceTimersByTimeAsync(1500)
      // the window hears of it and asks again what it had asked
      expect(names(channels[begun])).toEqual(['open', `port port ${begun + 1}`])
    }
    channels[2]?.die()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(channels).toHaveLength(3)
  })

  it('tells a new process of derived layers too, unless they were closed', async () => {
    const { scenes, channels } = play()
    const derived: DerivedSource = { kind: 'bicubic', scene: 'scene:a', result: 'result:a', place: { window: { row: 0, col: 0, rows: 1, cols: 1 }, bands: [0], scale: 2 } }
    for (const name of ['bicubic:a', 'bicubic:b']) void scenes.derive(name, derived).catch(() => undefined)
    void scenes.close('bicubic:b').catch(() => undefined)
    channels[0]?.die()
    void scenes.fingerprint('/a.img', null).catch(() => undefined)
    expect(names(channels[1])).toEqual(['derive', 'port port 2', 'fingerprint'])
    expect(channels[1]?.posted[0]?.message).toMatchObject({ payload: { layer: 'bicubic:a', source: derived } })
    await Promise.resolve()
  })

  it('takes a process that talks nonsense for dead', async () => {
    const { scenes, channels } = play()
    const asked = scenes.fingerprint('/a.img', null)
    channels[0]?.say({ poetry: 1 })
    await expect(asked).rejects.toMatchObject({ tag: 'crashed' })
    expect(channels[0]?.ended).toBe(true)
  })

  it('refuses an answer of another kind', async () => {
    const { scenes, channels } = play()
    const asked = scenes.fingerprint('/a.img', null)
    channels[0]?.say({ id: 0, ok: true, value: { facts: 7 } })
    await expect(asked).rejects.toThrow("answered 'fingerprint'")
  })

  it('ends for good', async () => {
    const { scenes, channels } = play()
    const asked = scenes.fingerprint('/a.img', null)
    scenes.end()
    await expect(asked).rejects.toMatchObject({ tag: 'cancelled' })
    channels[0]?.die()
    expect(() => scenes.fingerprint('/a.img', null)).toThrow('closing')
    expect(channels).toHaveLength(1)
  })
})

const plainFacts = {
  format: 'ENVI', files: ['/a.img', '/a.hdr'], sizeBytes: 1, fingerprint: 'f', rows: 1, cols: 1, bands: 1, sampleType: 'int16', interleave: 'bsq', wavelengthNm: null, fwhmNm: null,
  badBands: [false], bandNames: null, nodata: [NaN], gain: null, offset: null, transform: null, crs: null, pixelSize: null, description: null, rgb: [0, 0, 0], notices: [],
  metadata: [], needsWorkingCopy: false, overviews: 'unneeded',
}
