import { z } from 'zod'
import { StudioError } from './errors'

/** A `StudioErrorJson` that came from another process. */
export const studioErrorSchema = z.object({
  tag: z.enum([
    'unsupported', 'malformed', 'truncated', 'too-large', 'not-found', 'io', 'invalid-argument', 'mismatch', 'diverged',
    'cancelled', 'crashed', 'missing-runtime',
  ]),
  message: z.string(),
  file: z.string().exactOptional(),
  remedy: z.string().exactOptional(),
})

/** Checks plain data against a schema; throws 'invalid-argument' with `what` and the fields that are wrong. */
export function parse<T>(schema: z.ZodType<T>, data: unknown, what: string): T {
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map(({ path, message }) => `${path.length === 0 ? 'message' : path.join('.')}: ${message}`)
  throw new StudioError('invalid-argument', `${what} (${problems.join('; ')}).`, {
    remedy: 'The parts of DACN Studio do not fit together: build it again with `npm run build`.',
  })
}
