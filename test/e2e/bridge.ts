import type { Page } from 'playwright-core'
import type { Reply, RequestName, Requests } from '../../src/preload/contract'

/** Asks the application as the page does; throws when the answer is an error. */
export async function request<K extends RequestName>(page: Page, name: K, payload: Requests[K]['payload']): Promise<Requests[K]['reply']> {
  const reply = await page.evaluate(
    ([asked, given]) => (window as unknown as { dacn: { invoke: (name: string, payload: unknown) => Promise<unknown> } }).dacn.invoke(asked, given),
    [name, payload] as const,
  ) as Reply<Requests[K]['reply']>
  if (!reply.ok) throw new Error(`${name}: ${reply.error.message}`)
  return reply.value
}
