import { defineStore } from 'pinia'
import { shallowReactive, shallowRef } from 'vue'
import type { RunPatches } from '../../preload/contract'
import { listen, request } from '../shared/client'
import { RunHistory } from './run-history'

/** Charts are drawn at most this often. */
const REDRAW_MS = 250

/**
 * Curves and pictures of runs, kept while the program runs, whichever page is shown. Components read `history(id)` and
 * draw again when `version(id)` changes; the arrays themselves are not reactive.
 */
export const useRunHistoryStore = defineStore('run-history', () => {
  const histories = new Map<string, RunHistory>()
  const versions = shallowReactive(new Map<string, number>())
  const patches = shallowReactive(new Map<string, RunPatches>())
  const loading = new Map<string, Promise<void>>()
  const dirty = shallowRef(new Set<string>())
  let timer: ReturnType<typeof setTimeout> | null = null

  listen('run.grew', ({ runId, added }) => {
    // a run that nobody looked at yet is fetched whole when somebody does
    const known = histories.get(runId)
    if (known === undefined) return
    known.add(added)
    touch(runId)
  })
  listen('run.patches', ({ runId, patches: latest }) => { patches.set(runId, latest) })

  function touch(runId: string): void {
    dirty.value.add(runId)
    timer ??= setTimeout(() => {
      timer = null
      for (const id of dirty.value) versions.set(id, version(id) + 1)
      dirty.value.clear()
    }, REDRAW_MS)
  }

  /** Fetches a run's curves and pictures once; later calls wait for the first one. */
  function load(runId: string): Promise<void> {
    let started = loading.get(runId)
    if (started === undefined) {
      started = fetchRun(runId).catch((error: unknown) => {
        loading.delete(runId)
        throw error
      })
      loading.set(runId, started)
    }
    return started
  }

  async function fetchRun(runId: string): Promise<void> {
    const [curves, pictures] = await Promise.all([request('run.curves', { runId }), request('run.patches', { runId })])
    const whole = new RunHistory()
    whole.add(curves)
    histories.set(runId, whole)
    if (pictures !== null && !patches.has(runId)) patches.set(runId, pictures)
    touch(runId)
  }

  const history = (runId: string): RunHistory | null => histories.get(runId) ?? null
  const version = (runId: string): number => versions.get(runId) ?? 0
  const picturesOf = (runId: string): RunPatches | null => patches.get(runId) ?? null
  return { load, history, version, picturesOf }
})
