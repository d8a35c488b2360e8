// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { PixelAnswer, PixelQuestion } from '../../../src/preload/pixel-contract'
import { PixelClient, type PixelPort } from '../../../src/renderer/shared/pixels/pixel-client'

class FakePort implements PixelPort {
  readonly sent: PixelQuestion[] = []
  closed = false
  onmessage: PixelPort['onmessage'] = null
  postMessage(message: PixelQuestion): void { this.sent.push(message) }
  close(): void { this.closed = true }
  answer(answer: PixelAnswer): void { this.onmessage?.({ data: answer } as MessageEvent<PixelAnswer>) }
}

const question = { layer: 'scene:a', row: 1, col: 2 }

describe('PixelClient', () => {
  it('holds questions until there is a port, and matches answers', async () => {
    const client = new PixelClient()
    const asked = client.ask('spectrum', question)
    const port = new FakePort()
    client.connect(port)
    expect(port.sent).toEqual([{ id: 1, name: 'spectrum', payload: question }])
    port.answer({ id: 9, ok: true, value: { values: new Float32Array() } })
    port.answer({ id: 1, ok: true, value: { values: Float32Array.of(5) } })
    expect([...(await asked).values]).toEqual([5])
  })

  it('asks again what was open when the process started anew', async () => {
    const client = new PixelClient()
    const [first, second] = [new FakePort(), new FakePort()]
    client.connect(first)
    const asked = client.ask('spectrum', question)
    client.connect(second)
    expect(first.closed).toBe(true)
    expect(second.sent).toHaveLength(1)
    second.answer({ id: 1, ok: false, error: { tag: 'not-found', message: 'gone', remedy: 'look' } })
    await expect(asked).rejects.toMatchObject({ tag: 'not-found', remedy: 'look' })
  })

  it('gives up a question that ends the process again and again', async () => {
    const client = new PixelClient()
    const asked = client.ask('spectrum', question)
    const ports = [new FakePort(), new FakePort(), new FakePort()]
    for (const port of ports) client.connect(port)
    await expect(asked).rejects.toMatchObject({ tag: 'crashed' })
    expect(ports.map(({ sent }) => sent.length)).toEqual([1, 1, 0])
  })

  it('lets a signal go that outlives the answer', async () => {
    const client = new PixelClient()
    const port = new FakePort()
    client.connect(port)
    const held = new Set<unknown>()
    const { signal } = new AbortController()
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
    signal.addEventListener = (...args: Parameters<typeof add>) => { held.add(args[1]); add(...args) }
    signal.removeEventListener = (...args: Parameters<typeof remove>) => { held.delete(args[1]); remove(...args) }
    const asked = [client.ask('spectrum', question, signal), client.ask('spectrum', question, signal)]
    expect(held.size).toBe(2)
    port.answer({ id: 1, ok: true, value: { values: new Float32Array() } })
    port.answer({ id: 2, ok: false, error: { tag: 'io', message: 'gone' } })
    await Promise.allSettled(asked)
    expect(held.size).toBe(0)
  })

  it('withdraws what is not needed any more', async () => {
    const client = new PixelClient()
    const port = new FakePort()
    client.connect(port)
    const stop = new AbortController()
    const asked = client.ask('spectrum', question, stop.signal)
    stop.abort()
    await expect(asked).rejects.toThrow()
    expect(port.sent[1]).toEqual({ cancel: 1 })
    await expect(client.ask('spectrum', question, stop.signal)).rejects.toThrow()
    expect(port.sent).toHaveLength(2)
  })
})
