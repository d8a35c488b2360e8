import { join } from 'node:path'
import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { PixelAnswer, PixelRequestName, PixelRequests } from '../../src/preload/pixel-contract'
import type { StudioErrorJson } from '../../src/main/common/errors'
import { LayerSet } from '../../src/main/scenes/layer-set'
import type { GroundForecast, ScenePayload } from '../../src/main/scenes/scene-messages'
import { divideGround } from '../../src/main/training/training-ground'
import { serveScenes } from '../../src/main/workers/serve-scenes'
import { pixelPort, type SceneServerChannel } from '../../src/main/workers/scene-channel'
import { servePixels } from '../../src/main/scenes/serve-pixels'
import { Turnstile } from '../../src/main/scenes/turnstile'
import { expectedAt, temporaryFolder, writeScene } from './scene-files'

/** A window that asks over a port of its own. */
class Asker {
  readonly answers: PixelAnswer[] = []
  private nextId = 0
  private readonly waiting = new Map<number, (answer: PixelAnswer) => void>()

  constructor(readonly port: MessagePort) {
    onTestFinished(() => { port.close() })
    port.on('message', (answer: PixelAnswer) => {
      this.answers.push(answer)
      this.waiting.get(answer.id)?.(answer)
    })
  }

  ask<K extends PixelRequestName>(name: K, payload: PixelRequests[K]['payload']): { id: number; answer: Promise<PixelAnswer> } {
    const id = this.nextId++
    const answer = new Promise<PixelAnswer>((resolve) => { this.waiting.set(id, resolve) })
    this.port.postMessage({ id, name, payload })
    return { id, answer }
  }

  async value<K extends PixelRequestName>(name: K, payload: PixelRequests[K]['payload']): Promise<PixelRequests[K]['reply']> {
    const answer = await this.ask(name, payload).answer
    if (!answer.ok) throw new Error(answer.error.message)
    return answer.value
  }
}

async function openWindow(): Promise<Asker> {
  const layers = new LayerSet()
  const path = await writeScene(join(await temporaryFolder(), 'scene.img'), { rows: 60, cols: 50, bands: 12, options: { interleave: 'bil' } })
  await layers.open('scene:a', { path, variable: null, repairs: {}, workingCopy: null })
  onTestFinished(() => layers.close('scene:a'))
  const { port1, port2 } = new MessageChannel()
  servePixels(pixelPort(port1), layers, new Turnstile(1))
  return new Asker(port2)
}

const whole = { row: 0, col: 0, rows: 60, cols: 50 }

describe('a window', () => {
  it('gets pictures, spectra, statistics and band shifts', async () => {
    const window = await openWindow()
    const picture = await window.value('picture', { layer: 'scene:a', window: whole, bands: [3, 0], rows: 60, cols: 50 })
    expect([picture.rows, picture.cols]).toEqual([60, 50])
    expect(picture.data[(17 * 50 + 22) * 2]).toBe(expectedAt(17, 22, 3))
    expect(picture.data[(17 * 50 + 22) * 2 + 1]).toBe(expectedAt(17, 22, 0))
    const { values } = await window.value('spectrum', { layer: 'scene:a', row: 17, col: 22 })
    expect(values).toEqual(Float32Array.from({ length: 12 }, (_, band) => expectedAt(17, 22, band)))
    const ask = () => window.value('statistics', { layer: 'scene:a', bands: [3] })
    const [first] = await ask()
    expect(first).toMatchObject({ band: 3, min: 3 * 900 - 4000 })
    // kept for the next who asks
    expect(await ask()).toEqual([first])
    const shift = await window.value('band-shift', { layer: 'scene:a' })
    expect(shift?.symmetries).toContain(0)
  })

  it.each([
    ['an unknown layer', { id: 7, name: 'spectrum', payload: { layer: 'scene:b', row: 0, col: 0 } }, /scene:b/],
    ['a path for a layer', { id: 7, name: 'spectrum', payload: { layer: '/etc/passwd', row: 0, col: 0 } }, /layer/],
    ['an unknown question', { id: 7, name: 'delete', payload: { layer: 'scene:a' } }, /name/],
    ['a superfluous field', { id: 7, name: 'band-shift', payload: { layer: 'scene:a', path: '/' } }, /path/],
    ['a pixel outside', { id: 7, name: 'spectrum', payload: { layer: 'scene:a', row: 60, col: 0 } }, /row 60/],
    ['fractions', { id: 7, name: 'spectrum', payload: { layer: 'scene:a', row: 0.5, col: 0 } }, /row/],
    ['a negative band', { id: 7, name: 'statistics', payload: { layer: 'scene:a', bands: [-1] } }, /bands/],
    ['too many bands', { id: 7, name: 'statistics', payload: { layer: 'scene:a', bands: new Array(70_000).fill(0) } }, /bands/],
    ['no bands', { id: 7, name: 'picture', payload: { layer: 'scene:a', window: whole, bands: [], rows: 1, cols: 1 } }, /bands/],
    ['a picture of no size', { id: 7, name: 'picture', payload: { layer: 'scene:a', window: whole, bands: [0], rows: 0, cols: 1 } }, /rows/],
    ['a window of no size', { id: 7, name: 'picture', payload: { layer: 'scene:a', window: { ...whole, cols: NaN }, bands: [0], rows: 1, cols: 1 } }, /cols/],
    ['a text for numbers', { id: 7, name: 'picture', payload: { layer: 'scene:a', window: 'all', bands: [0], rows: 1, cols: 1 } }, /window/],
  ])('is refused %s', async (_name, question, message) => {
    const window = await openWindow()
    window.port.postMessage(question)
    await expect.poll(() => window.answers).toHaveLength(1)
    const [answer] = window.answers
    expect(answer).toMatchObject({ id: 7, ok: false, error: { tag: 'invalid-argument' } })
    expect(answer?.ok === false && answer.error.message).toMatch(message)
  })

  it('is not answered nonsense without a number, and is served on', async () => {
    const window = await openWindow()
    for (const nonsense of [null, 7, 'x', [], {}, { id: 'x' }, { cancel: 'x' }, { cancel: 99 }]) window.port.postMessage(nonsense)
    await window.value('spectrum', { layer: 'scene:a', row: 0, col: 0 })
    expect(window.answers).toHaveLength(1)
  })

  it('may take back a question, waiting or under way, and gets \'cancelled\' for it', async () => {
    const window = await openWindow()
    const asked = Array.from({ length: 3 }, () => window.ask('statistics', { layer: 'scene:a', bands: [1] }))
    window.port.postMessage({ cancel: asked[1]?.id })
    const [first, second, third] = await Promise.all(asked.map(({ answer }) => answer))
    expect([first?.ok, third?.ok]).toEqual([true, true])
    expect(second).toMatchObject({ ok: false, error: { tag: 'cancelled' } })
  })

  it('may not use a number twice at a time', async () => {
    const window = await openWindow()
    const question = { id: 40, name: 'statistics', payload: { layer: 'scene:a', bands: [1] } }
    window.port.postMessage(question)
    window.port.postMessage(question)
    await expect.poll(() => window.answers).toHaveLength(2)
    expect(window.answers.map(({ ok }) => ok).sort()).toEqual([false, true])
  })
})

describe('the scene process', () => {
  /** The process's side without a process: what it is told, and what it says. */
  function start(): { tell: (message: unknown, port?: MessagePort) => void; said: unknown[] } {
    let tell: Parameters<SceneServerChannel['onMessage']>[0] = () => undefined
    const said: unknown[] = []
    serveScenes({ post: (message) => said.push(structuredClone(message)), onMessage: (receive) => { tell = receive } })
    return { tell: (message, port) => { tell(message, port === undefined ? null : pixelPort(port)) }, said }
  }

  it('serves every window that main connects, as far as main has told of layers', async () => {
    const { tell, said } = start()
    const path = await writeScene(join(await temporaryFolder(), 'scene.img'), { rows: 30, cols: 20, bands: 3 })
    const windows = [1, 2].map(() => {
      const { port1, port2 } = new MessageChannel()
      tell({ name: 'port' }, port1)
      return new Asker(port2)
    })
    // asked before the file is open, but after main has told of it
    tell({ name: 'open', id: 0, payload: { layer: 'result:r-1', source: { path, variable: null, repairs: {}, workingCopy: null } } })
    const spectra = await Promise.all(windows.map((window) => window.value('spectrum', { layer: 'result:r-1', row: 4, col: 5 })))
    expect(spectra.map(({ values }) => [...values])).toEqual([1, 2].map(() => [0, 1, 2].map((band) => expectedAt(4, 5, band))))
    tell({ name: 'close', id: 1, payload: { layer: 'result:r-1' } })
    await expect.poll(() => said).toHaveLength(2)
    expect(said[1]).toEqual({ id: 1, ok: true, value: null })
    expect(await windows[0]?.ask('spectrum', { layer: 'result:r-1', row: 4, col: 5 }).answer).toMatchObject({ ok: false })
  })

  it('forecasts a training on open scenes', async () => {
    const { tell, said } = start()
    const path = await writeScene(join(await temporaryFolder(), 'scene.img'), { rows: 96, cols: 80, bands: 6, gaps: 'edge' })
    const layer = 'scene:a'
    const block = { row: 64, col: 48, rows: 32, cols: 32 }
    const ask = (id: number, request: Partial<ScenePayload<'forecast'>>): void => {
      tell({ name: 'forecast', id, payload: { layers: [layer], scale: 2, preset: 'studio', validation: null, ...request } })
    }
    tell({ name: 'open', id: 0, payload: { layer, source: { path, variable: null, repairs: {}, workingCopy: null } } })
    ask(1, {})
    ask(2, { validation: block })
    ask(3, { validation: { ...block, row: 33 } })
    ask(4, { layers: ['scene:b'] })
    tell({ name: 'open', id: 5, payload: { layer: 'scene:c', source: { path: '/nowhere.img', variable: null, repairs: {}, workingCopy: null } } })
    ask(6, { layers: ['scene:c'] })
    await expect.poll(() => said, { timeout: 10_000 }).toHaveLength(7)
    const answers = new Map((said as { id: number; value: GroundForecast; error: StudioErrorJson }[]).map((answer) => [answer.id, answer]))
    const valid = Uint8Array.from({ length: 96 * 80 }, (_, i) => (i % 80 < 8 ? 0 : 1))
    const chosen = divideGround({ rows: 96, cols: 80 }, 2, valid, null)
    expect(answers.get(1)?.value).toMatchObject({ validation: chosen.validation, guard: chosen.guard, align: 2, refusal: null })
    expect(answers.get(1)?.value.memoryBytes).toBeGreaterThan(1e6)
    expect(answers.get(1)?.value.symmetries).toContain(0)
    expect(answers.get(2)?.value).toMatchObject({ validation: block, refusal: null })
    expect(answers.get(3)?.value.refusal).toMatchObject({ tag: 'invalid-argument' })
    expect(answers.get(4)?.error.message).toContain('scene:b')
    expect(answers.get(6)?.value).toMatchObject({ refusal: { tag: 'not-found' }, memoryBytes: 0, align: 2 })
    tell({ name: 'close', id: 7, payload: { layer } })
    await expect.poll(() => said).toHaveLength(8)
  })

  it('does not go on with a main of another build', () => {
    const { tell } = start()
    expect(() => { tell({ name: 'open', id: 0, payload: { layer: 'x', source: {} } }) }).toThrow('does not know')
  })
})
