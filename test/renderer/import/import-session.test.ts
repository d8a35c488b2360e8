// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import type { ImportCandidate } from '../../../src/preload/contract'
import type { ImportEntry } from '../../../src/renderer/import/import-entry'
import { importSession } from '../../../src/renderer/import/import-session'
import { FakeBridge } from '../fake-bridge'
import { brokenCandidate, sampleCandidate, sampleFacts } from './sample-facts'

let bridge: FakeBridge
beforeEach(() => { bridge = FakeBridge.install() })

async function opened(...candidates: ImportCandidate[]) {
  bridge.answer('import.inspect', () => candidates)
  bridge.answer('import.accept', ({ handle }) => ({ sceneId: `scene-${handle}` }))
  const session = importSession()
  await session.inspect(candidates.map(({ path }) => path))
  return session
}
const first = ({ entries }: ReturnType<typeof importSession>): ImportEntry => entries.value[0] as ImportEntry
const dismissed = (): string[] => bridge.payloads('import.dismiss').map(({ handle }) => handle)

describe('import session', () => {
  it('accepts the good ones and lets go of the rest', async () => {
    const session = await opened(sampleCandidate('a'), brokenCandidate('b'), sampleCandidate('c', { duplicateOf: 'old' }), sampleCandidate('d'))
    expect([session.chosen.value.length, session.unread.value.length, session.ready.value]).toEqual([2, 1, true])
    first(session).name = ' Berlin '
    expect(await session.accept()).toBe(true)
    await session.close()
    expect(bridge.payloads('import.accept')).toEqual([{ handle: 'a', name: 'Berlin', repairs: {} }, { handle: 'd', name: 'd', repairs: {} }])
    expect(session.accepted).toEqual(['scene-a', 'scene-d'])
    expect(dismissed()).toEqual(['b', 'c'])
  })

  it('a file that fails at the end stays with the reason, the others come in', async () => {
    const session = await opened(sampleCandidate('a'), sampleCandidate('b'))
    const error = { tag: 'io' as const, message: '/data/a.hdr: the drive failed', remedy: 'Connect it.' }
    bridge.refuse('import.accept', error)
    expect(await session.accept()).toBe(false)
    expect(first(session).refusal).toEqual(error)
    expect(session.accepting.value).toBeNull()
    bridge.answer('import.accept', () => ({ sceneId: 'scene' }))
    expect(await session.accept()).toBe(true)
    expect(session.entries.value).toEqual([])
  })

  it('shows the scene with its repairs and accepts it with them', async () => {
    const session = await opened(sampleCandidate('a'))
    const repaired = sampleFacts({ nodata: [0, 0, 0, 0] })
    bridge.answer('import.repair', () => sampleCandidate('a', { facts: repaired }))
    const entry = first(session)
    entry.draft = { wavelength: 'as-read', nodata: 'value', nodataValue: '0', badBands: '2' }
    await session.repair(entry)
    expect(entry.candidate.facts).toEqual(repaired)
    expect(entry.asRead?.nodata[0]).toBe(-99)
    expect(entry.revision).toBe(1)
    await session.accept()
    expect(bridge.payloads('import.accept')[0]?.repairs).toEqual({ nodata: 0 })
  })

  it('what can not be read is not asked for, and keeps the import back', async () => {
    const session = await opened(sampleCandidate('a'))
    const entry = first(session)
    entry.draft = { wavelength: 'as-read', nodata: 'value', nodataValue: 'x', badBands: '' }
    await session.repair(entry)
    expect(bridge.payloads('import.repair')).toEqual([])
    expect([session.mending.value, session.ready.value, await session.accept()]).toEqual([true, false, false])
    entry.chosen = false
    expect(session.mending.value).toBe(false)
  })

  it('a refused repair is told in its row', async () => {
    const session = await opened(sampleCandidate('a'))
    bridge.refuse('import.repair', { tag: 'invalid-argument', message: 'No.' })
    await session.repair(first(session))
    expect(first(session).refusal?.message).toBe('No.')
  })

  it('drops answers that were overtaken', async () => {
    const session = await opened(sampleCandidate('a'))
    const answers: ((candidate: ImportCandidate) => void)[] = []
    bridge.answer('import.repair', () => new Promise((resolve) => { answers.push(resolve) }))
    const both = [session.repair(first(session)), session.repair(first(session))]
    answers[1]?.(sampleCandidate('a', { facts: sampleFacts({ rows: 2 }) }))
    answers[0]?.(sampleCandidate('a', { facts: sampleFacts({ rows: 1 }) }))
    await Promise.all(both)
    expect(first(session).candidate.facts?.rows).toBe(2)
  })

  it('another variable of a MATLAB file starts afresh', async () => {
    const session = await opened({ ...brokenCandidate('m'), variables: ['x', 'y'] })
    bridge.answer('import.chooseVariable', ({ variable }) => sampleCandidate('m', { variables: ['x', 'y'], facts: sampleFacts({ metadata: [['variable', variable]] }) }))
    await session.chooseVariable(first(session), 'y')
    expect(first(session).asRead?.metadata).toEqual([['variable', 'y']])
    expect(session.ready.value).toBe(true)
  })

  it('files that come twice are taken once', async () => {
    const session = await opened(sampleCandidate('a'))
    bridge.answer('import.inspect', () => [sampleCandidate('again', { facts: sampleFacts({ files: ['/data/a.img'] }) }), sampleCandidate('b')])
    await session.inspect(['/data/a.img', '/data/b.hdr'])
    expect(session.entries.value.map(({ candidate }) => candidate.handle)).toEqual(['a', 'b'])
    expect(dismissed()).toEqual(['again'])
  })

  it('lets go of what was still being read when it was closed', async () => {
    const session = importSession()
    let answer: (candidates: ImportCandidate[]) => void = () => undefined
    bridge.answer('import.inspect', () => new Promise((resolve) => { answer = resolve }))
    const reading = session.inspect(['/data/a.hdr'])
    expect(session.reading.value).toBe(1)
    await session.close()
    answer([sampleCandidate('a')])
    await reading
    expect([session.entries.value, session.reading.value, dismissed()]).toEqual([[], 0, ['a']])
  })

  it('asks for files', async () => {
    bridge.answer('import.choose', () => null)
    expect(await importSession().choose()).toBe(false)
    bridge.answer('import.choose', () => [sampleCandidate('a')])
    expect(await importSession().choose()).toBe(true)
  })
})
