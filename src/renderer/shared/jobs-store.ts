import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import type { JobView } from '../../preload/contract'
import { listen, request } from './client'

/** The jobs of this session with their latest progress; it outlives the panels that show them. */
export const useJobsStore = defineStore('jobs', () => {
  const jobs = ref<JobView[]>([])
  listen('jobs.changed', (all) => { jobs.value = all })
  listen('job.progress', ({ jobId, progress }) => {
    const job = jobs.value.find(({ id }) => id === jobId)
    if (job !== undefined) job.progress = progress
  })

  const active = computed(() => jobs.value.filter(({ state }) => ['running', 'paused', 'cancelling'].includes(state)))
  const waiting = computed(() => jobs.value.filter(({ state }) => state === 'queued'))
  /** The job that works for a run, result or scene, while it has not ended. */
  function activeFor(subject: string): JobView | null {
    return [...active.value, ...waiting.value].find((job) => job.subject === subject) ?? null
  }
  async function load(): Promise<void> {
    jobs.value = await request('job.list', null)
  }
  const pause = (jobId: string): Promise<null> => request('job.pause', { jobId })
  const resume = (jobId: string): Promise<null> => request('job.resume', { jobId })
  const stop = (jobId: string): Promise<null> => request('job.stop', { jobId })
  const cancel = (jobId: string): Promise<null> => request('job.cancel', { jobId })
  return { jobs, active, waiting, activeFor, load, pause, resume, stop, cancel }
})
