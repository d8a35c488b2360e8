import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { protocol } from 'electron'
import { projectRoot } from '../common/project-root'
import { CONTENT_SECURITY_POLICY } from './content-security-policy'
import { pageFile, type PageFile } from './page-file'

const SCHEME = 'app'
const HOST = 'dacn'
export const PAGE_URL = `${SCHEME}://${HOST}/index.html`

const PAGE_FOLDER = join(projectRoot, 'out', 'renderer')

/** Makes the scheme a proper origin with its own storage; to be called before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Serves the built page, and nothing above its folder, under `app://dacn/`. */
export function serveAppScheme(): void {
  protocol.handle(SCHEME, async (request) => {
    const file = request.method === 'GET' ? pageFile(request.url, HOST, PAGE_FOLDER) : null
    if (file === null) return notFound()
    try {
      return new Response(await readFile(file.path), { headers: headersOf(file) })
    } catch {
      return notFound()
    }
  })
}

function headersOf({ mimeType }: PageFile): Record<string, string> {
  return {
    'Content-Type': mimeType,
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  }
}

function notFound(): Response {
  return new Response(null, { status: 404, headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY } })
}
