import type { Handlers } from './handlers'
import type { JobBoard } from './job-board'

/** The list of jobs and its buttons. */
export function jobHandlers(board: JobBoard): Pick<Handlers, 'job.list' | 'job.pause' | 'job.resume' | 'job.stop' | 'job.cancel'> {
  const button = (press: (jobId: string) => void) => ({ jobId }: { jobId: string }): Promise<null> => {
    press(jobId)
    return Promise.resolve(null)
  }
  return {
    'job.list': () => Promise.resolve(board.list()),
    'job.pause': button((id) => { board.pause(id) }),
    'job.resume': button((id) => { board.resume(id) }),
    'job.stop': button((id) => { board.stop(id) }),
    'job.cancel': button((id) => { board.cancel(id) }),
  }
}
