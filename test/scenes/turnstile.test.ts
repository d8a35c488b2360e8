import { describe, expect, it } from 'vitest'
import { Turnstile } from '../../src/main/scenes/turnstile'

const never = new AbortController().signal

/** A work that says when it begins and ends when told. */
function work(turnstile: Turnstile, begun: string[], name: string, signal = never): { done: Promise<string>; end: () => void } {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => { end = resolve })
  return { done: turnstile.pass(signal, async () => { begun.push(name); await ended; return name }), end }
}

const settle = (): Promise<void> => new Promise((resolve) => { setImmediate(resolve) })

describe('turnstile', () => {
  it('lets a few pass at a time, in order', async () => {
    const turnstile = new Turnstile(2)
    const begun: string[] = []
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => work(turnstile, begun, name)) as [ReturnType<typeof work>, ReturnType<typeof work>, ReturnType<typeof work>, ReturnType<typeof work>]
    await settle()
    expect(begun).toEqual(['a', 'b'])
    b.end()
    expect(await b.done).toBe('b')
    await settle()
    expect(begun).toEqual(['a', 'b', 'c'])
    for (const { end } of [a, c, d]) end()
    await Promise.all([a.done, c.done, d.done])
    const e = work(turnstile, begun, 'e')
    e.end()
    expect(await e.done).toBe('e')
  })

  it('forgets those who give up waiting, and goes on after a failure', async () => {
    const turnstile = new Turnstile(1)
    const begun: string[] = []
    const controller = new AbortController()
    const first = turnstile.pass(never, () => Promise.reject(new Error('broken')))
    const second = work(turnstile, begun, 'second', controller.signal)
    const third = work(turnstile, begun, 'third')
    controller.abort()
    await expect(first).rejects.toThrow('broken')
    await expect(second.done).rejects.toMatchObject({ tag: 'cancelled' })
    third.end()
    expect(await third.done).toBe('third')
    expect(begun).toEqual(['third'])
    await expect(turnstile.pass(controller.signal, () => Promise.resolve())).rejects.toMatchObject({ tag: 'cancelled' })
  })
})
