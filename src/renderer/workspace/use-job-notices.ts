import { NButton, useMessage, useNotification } from 'naive-ui'
import { h, onBeforeUnmount, ref, watch, type Ref } from 'vue'
import type { JobView } from '../../preload/contract'
import { request } from '../shared/client'
import { useJobsStore } from '../shared/jobs-store'
import { text } from '../text'
import { endedJobs } from './ended-jobs'
import { jobPage } from './job-words'
import { useNavigationStore } from './navigation-store'

const DONE_SHOWN_MS = 8000

/**
 * For the window's root: says when a job has ended, unless its page is what the user looks at. Gives what ended while the
 * window had no focus, for its title.
 */
export function useJobNotices(): Readonly<Ref<string | null>> {
  const jobs = useJobsStore()
  const navigation = useNavigationStore()
  const message = useMessage()
  const notification = useNotification()
  const endedAway = ref<string | null>(null)

  const openButton = (job: JobView, close: () => void) => {
    const page = jobPage(job)
    return page === null ? null : h(NButton, { size: 'small', secondary: true, onClick: () => { close(); navigation.go(page) } }, () => text.general.open)
  }
  function tellDone(job: JobView): void {
    const shown = message.success(() => h('span', { style: 'display: inline-flex; gap: 12px; align-items: center' }, [text.workspace.jobDone(job.title), openButton(job, () => { shown.destroy() })]), {
      duration: DONE_SHOWN_MS, keepAliveOnHover: true, closable: true,
    })
  }
  const looksAt = (job: JobView): boolean => JSON.stringify(jobPage(job)) === JSON.stringify(navigation.page)
  /** The pages of runs and results show why their job failed, with buttons that a notice would lie over. */
  const isShown = (job: JobView): boolean => (job.kind === 'train' || job.kind === 'upscale') && looksAt(job)
  function tellFailed(job: JobView): void {
    const { error } = job
    const unwatch = watch(() => navigation.page, () => { if (isShown(job)) shown.destroy() })
    const details = [job.title, error?.message, error?.file, error?.remedy].filter((part) => part !== undefined).join('\n')
    const shown = notification.error({
      title: text.workspace.jobFailed(job.title), description: error?.message, content: error?.remedy,
      action: () => h('span', { style: 'display: inline-flex; gap: 8px' }, [
        openButton(job, () => { shown.destroy() }),
        h(NButton, { size: 'small', onClick: () => { void request('app.copyText', { text: details }) } }, () => text.general.copyDetails),
      ]),
      onLeave: unwatch,
    })
  }

  watch(() => jobs.jobs.map(({ id, state }) => ({ id, state })), (_now, before) => {
    for (const job of endedJobs(before, jobs.jobs)) {
      if (!document.hasFocus()) endedAway.value = job.state === 'done' ? text.workspace.jobDone(job.title) : text.workspace.jobFailed(job.title)
      if (job.state === 'failed') {
        if (!isShown(job)) tellFailed(job)
      } else if (!looksAt(job) && job.kind !== 'prepare') tellDone(job)
    }
  })
  const seen = (): void => { endedAway.value = null }
  window.addEventListener('focus', seen)
  onBeforeUnmount(() => { window.removeEventListener('focus', seen) })
  return endedAway
}
