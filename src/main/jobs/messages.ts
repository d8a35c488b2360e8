import { z } from 'zod'
import { parse, studioErrorSchema } from '../common/parse'
import { jobEventSchema } from './job-event'
import { jobSpecSchema } from './job-spec'

/** Progress counts may be fractional (megabytes) and unknown (total 0), never NaN. */
const progressSchema = z.object({
  span: z.string(),
  done: z.number().min(0),
  total: z.number().min(0),
  unit: z.string(),
  etaSeconds: z.number().min(0).nullable(),
})

/** From the one who started the job. */
const toJobSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), spec: jobSpecSchema }),
  z.object({ type: z.literal('pause') }),
  z.object({ type: z.literal('resume') }),
  z.object({ type: z.literal('cancel') }),
  /** End at the next good moment and keep what there is. */
  z.object({ type: z.literal('stop-and-keep') }),
])

/** From the job. `done` or `failed` is the last one. */
const fromJobSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('progress'), progress: progressSchema }),
  z.object({ type: z.literal('log'), level: z.enum(['info', 'warning', 'error']), message: z.string() }),
  z.object({ type: z.literal('event'), event: jobEventSchema }),
  z.object({ type: z.literal('done'), result: z.unknown() }),
  z.object({ type: z.literal('failed'), error: studioErrorSchema }),
])

/** In Electron, the starter's answer to a job's last word: what a process posts right before its end may be lost, so it waits for this. */
export const LEAVE = 'leave'

export type ToJob = z.infer<typeof toJobSchema>
export type FromJob = z.infer<typeof fromJobSchema>

/** Checks a message that a job process received; throws 'invalid-argument' naming the field. */
export function parseToJob(message: unknown): ToJob {
  return parse(toJobSchema, message, 'A job process received a message that it does not know')
}

/** Checks a message that a job process sends or that came from one; throws 'invalid-argument' naming the field. */
export function parseFromJob(message: unknown): FromJob {
  return parse(fromJobSchema, message, 'A job process sent a message that is not understood')
}
