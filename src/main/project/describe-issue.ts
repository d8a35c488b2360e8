import type { z } from 'zod'

/** The first thing that is wrong, e.g. 'scenes.0.name: expected string'. */
export function describeIssue(error: z.ZodError): string {
  const issue = error.issues[0]
  const where = issue?.path.map(String).join('.') ?? ''
  return `${where === '' ? '' : `${where}: `}${issue?.message ?? 'not understood'}`
}
