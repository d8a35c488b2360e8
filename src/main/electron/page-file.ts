import { extname, resolve, sep } from 'node:path'

/** Only what a built page consists of: anything else is not served. */
const MIME_TYPES: Partial<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
}

export interface PageFile {
  /** Absolute. */
  path: string
  mimeType: string
}

/** The file that `url` names below `folder`; null when it is of another host, leads elsewhere or is of a kind that is not served. */
export function pageFile(url: string, host: string, folder: string): PageFile | null {
  let decoded: string
  try {
    const parsed = new URL(url)
    if (parsed.host !== host) return null
    decoded = decodeURIComponent(parsed.pathname)
  } catch {
    return null
  }
  if (decoded.includes('\0')) return null
  const path = resolve(folder, `.${decoded}`)
  const mimeType = MIME_TYPES[extname(path)]
  return mimeType !== undefined && path.startsWith(resolve(folder) + sep) ? { path, mimeType } : null
}
