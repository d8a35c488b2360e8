import { version } from '../common/version'

/** The line that outputs carry about their origin. */
export function historyLine(what: string): string {
  return `DACN Studio ${version}: ${what}`
}
