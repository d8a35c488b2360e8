import { expect, it } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { replyToRequest } from '../../src/main/electron/reply-to-request'
import type { Handlers } from '../../src/main/ipc/handlers'

function surroundings(handler: (payload: unknown) => Promise<unknown>) {
  const logged: string[] = []
  const handlers = { 'scene.rename': handler } as unknown as Handlers
  const log = { path: '/logs/main.log', write: (_level: 'error', message: string) => { logged.push(message) } }
  return { handlers, log, logged }
}

const payload = { sceneId: 'a1', name: ' Lake ' }

it('hands a checked payload to the handler and its answer back', async () => {
  const { handlers, log } = surroundings((given) => Promise.resolve(given))
  expect(await replyToRequest('scene.rename', payload, handlers, log)).toEqual({ ok: true, value: { sceneId: 'a1', name: 'Lake' } })
})

it('refuses a wrong payload and says what is wrong, without asking the handler', async () => {
  const { handlers, log } = surroundings(() => Promise.reject(new Error('asked')))
  const reply = await replyToRequest('scene.rename', { sceneId: 'a1', name: 7, more: 1 }, handlers, log)
  expect(reply).toMatchObject({ ok: false, error: { tag: 'invalid-argument', message: expect.stringMatching(/scene\.rename.*name: .*more/s) as string } })
})

it('gives a failure that was expected as it is', async () => {
  const { handlers, log, logged } = surroundings(() => Promise.reject(new StudioError('not-found', 'lake.hdr: gone', { file: 'lake.hdr', remedy: 'Find it.' })))
  expect(await replyToRequest('scene.rename', payload, handlers, log)).toEqual({ ok: false, error: { tag: 'not-found', message: 'lake.hdr: gone', file: 'lake.hdr', remedy: 'Find it.' } })
  expect(logged).toEqual([])
})

it('logs a mistake in the program with its stack and points to the log', async () => {
  const { handlers, log, logged } = surroundings(() => { throw new TypeError('x is not a function') })
  const reply = await replyToRequest('scene.rename', payload, handlers, log)
  expect(reply).toMatchObject({ ok: false, error: { tag: 'crashed', message: expect.stringContaining('x is not a function') as string, remedy: expect.stringContaining('/logs/main.log') as string } })
  expect(logged[0]).toContain('scene.rename: TypeError: x is not a function\n    at ')
})
