import { computed, reactive, ref, shallowReactive } from 'vue'
import type { ImportCandidate } from '../../preload/contract'
import { request, RequestFailure } from '../shared/client'
import { asRead, isReadable, needsMending, newEntry, repairsAsTyped, type ImportEntry } from './import-entry'
import type { Refusal } from './types'

/**
 * One opening of the import dialog: the files in it, from reading to acceptance. Every file that main was asked about is
 * accepted or dismissed in the end. Methods throw what has to do with no single file; the rest stands in its entry.
 */
export function importSession() {
  const entries = ref<ImportEntry[]>([])
  /** Files that are being read. */
  const reading = ref(0)
  /** How far the import is; null while it does not run. */
  const accepting = ref<{ done: number; total: number } | null>(null)
  const accepted = shallowReactive<string[]>([])
  let closed = false

  const chosen = computed(() => entries.value.filter((entry) => isReadable(entry) && entry.chosen))
  const unread = computed(() => entries.value.filter((entry) => !isReadable(entry)))
  const mending = computed(() => entries.value.some(needsMending))
  const ready = computed(() => reading.value === 0 && accepting.value === null && chosen.value.length > 0 && !mending.value)

  /** Asks for files; false when the user chose none. */
  async function choose(): Promise<boolean> {
    const candidates = await request('import.choose', null)
    if (candidates === null) return false
    await take(candidates)
    return entries.value.length > 0
  }

  /** Reads files and adds those that are not there yet. */
  async function inspect(paths: readonly string[]): Promise<void> {
    reading.value += paths.length
    try {
      await take(await request('import.inspect', { paths: [...paths] }))
    } finally {
      reading.value -= paths.length
    }
  }

  async function take(candidates: readonly ImportCandidate[]): Promise<void> {
    const isKnown = (candidate: ImportCandidate): boolean => entries.value.some(({ candidate: known }) => fileOf(known) === fileOf(candidate))
    const superfluous: ImportCandidate[] = []
    for (const candidate of candidates) {
      if (closed || isKnown(candidate)) superfluous.push(candidate)
      else entries.value.push(newEntry(candidate))
    }
    await dismiss(superfluous)
  }

  async function chooseVariable(entry: ImportEntry, variable: string): Promise<void> {
    await change(entry, () => request('import.chooseVariable', { handle: entry.candidate.handle, variable }), (candidate) => {
      Object.assign(entry, asRead(candidate), { chosen: candidate.duplicateOf === null })
    })
  }

  /** Shows the scene with the repairs as they stand in its draft; nothing happens while they can't be read. */
  async function repair(entry: ImportEntry): Promise<void> {
    const read = repairsAsTyped(entry)
    if (read === null) return
    await change(entry, () => request('import.repair', { handle: entry.candidate.handle, repairs: read }), (candidate) => { entry.candidate = candidate })
  }

  /** The latest question about a file, by its handle. */
  const latest = new Map<string, Promise<ImportCandidate>>()
  /** Answers that were overtaken by a later question are dropped. */
  async function change(entry: ImportEntry, ask: () => Promise<ImportCandidate>, apply: (candidate: ImportCandidate) => void): Promise<void> {
    const { handle } = entry.candidate
    const question = ask()
    latest.set(handle, question)
    try {
      const candidate = await question
      if (latest.get(handle) !== question) return
      entry.refusal = null
      entry.revision++
      apply(candidate)
    } catch (error) {
      if (latest.get(handle) === question) entry.refusal = refusalOf(error)
    }
  }

  /** Takes the chosen files into the project, one after the other; those that fail stay, with the reason. True when none did. */
  async function accept(): Promise<boolean> {
    if (!ready.value) return false
    const waiting = [...chosen.value]
    const progress = reactive({ done: 0, total: waiting.length })
    accepting.value = progress
    for (const entry of waiting) {
      await acceptOne(entry)
      progress.done++
    }
    accepting.value = null
    return waiting.every((entry) => entry.refusal === null)
  }

  async function acceptOne(entry: ImportEntry): Promise<void> {
    const { candidate: { handle }, name } = entry
    try {
      // two questions about one file must not cross
      await latest.get(handle)?.catch(() => null)
      const { sceneId } = await request('import.accept', { handle, name: name.trim(), repairs: repairsAsTyped(entry) ?? {} })
      accepted.push(sceneId)
      entry.refusal = null
      entries.value = entries.value.filter(({ candidate }) => candidate.handle !== handle)
    } catch (error) {
      entry.refusal = refusalOf(error)
    }
  }

  /** Lets go of all files that are left. */
  async function close(): Promise<void> {
    closed = true
    const left = entries.value.map(({ candidate }) => candidate)
    entries.value = []
    await dismiss(left)
  }

  async function dismiss(candidates: readonly ImportCandidate[]): Promise<void> {
    await Promise.all(candidates.map(({ handle }) => request('import.dismiss', { handle })))
  }

  return { entries, reading, accepting, accepted, chosen, unread, mending, ready, choose, inspect, chooseVariable, repair, accept, close }
}

/** Both files of a pair are one scene. */
function fileOf({ path, facts }: ImportCandidate): string {
  return facts?.files[0] ?? path
}

/** Throws again what is a mistake of the program. */
function refusalOf(error: unknown): Refusal {
  if (!(error instanceof RequestFailure)) throw error
  const { tag, message, file, remedy } = error
  return { tag: tag as Refusal['tag'], message, ...(file === undefined ? {} : { file }), ...(remedy === undefined ? {} : { remedy }) }
}
