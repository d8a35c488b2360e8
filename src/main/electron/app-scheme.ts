import { readFile } from 'node:fs/promises'
import { extname, join, resolve, sep } from 'node:path'
import { protocol } from 'electron'
import { projectRoot } from '../common/project-root'
import { CONTENT_SECURITY_POLICY } from './content-security-policy'

const SCHEME = 'app'
const HOST = 'dacn'
/** Where the window's page comes from. */
export const PAGE_ORIGIN = `${SCHEME}://${HOST}`
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`

const PAGE_FOLDER = join(projectRoot, 'out', 'renderer')

/** Only what a built page consists of: anything else is not served. */
const MIME_TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
}

/** Makes the scheme a proper origin with its own storage; to be called before the app is ready. */
export function declareAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } }])
}

/** Serves the built page, and nothing above its folder, under `app://dacn/`. */
export function serveAppScheme(): void {
  protocol.handle(SCHEME, async (request) => {
    const file = request.method === 'GET' ? pageFile(request.url, PAGE_FOLDER) : null
    if (file === null) return refusal(404)
    try {
      return new Response(await readFile(file), { headers: headersOf(file) })
    } catch {
      return refusal(404)
    }
  })
}

/** The file that `url` names below `folder`; null when it names none there or one of a kind that is not served. */
export function pageFile(url: string, folder: string): string | null {
  let path: string
  try {
    const { host, pathname } = new URL(url)
    if (host !== HOST) return null
    path = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (path.includes('\0')) return null
  const file = resolve(folder, `.${path}`)
  return file.startsWith(resolve(folder) + sep) && extname(file) in MIME_TYPES ? file : null
}

function headersOf(file: string): Record<string, string> {
  return {
    'Content-Type': MIME_TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  }
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': CONTENT_SECURITY_POLICY } })
}
