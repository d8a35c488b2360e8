/**
 * Absolute paths in a text that was pasted: one a line, bare, in quotes or as file URLs, as file managers and terminals
 * copy them. Lines that are no absolute path are left out.
 */
export function pastedPaths(text: string): string[] {
  const paths = text.split(/\r?\n/).map((line) => pathOf(line.trim())).filter((path): path is string => path !== null)
  return [...new Set(paths)]
}

function pathOf(line: string): string | null {
  const bare = /^(["'])(.*)\1$/.exec(line)?.[2] ?? line
  if (bare.startsWith('file://')) return pathOfUrl(bare)
  const absolute = /^\/[^/\0]/.test(bare) || /^[A-Za-z]:[\\/]/.test(bare) || /^\\\\[^\\]/.test(bare)
  return absolute ? bare : null
}

function pathOfUrl(url: string): string | null {
  try {
    const { pathname, host } = new URL(url)
    const path = decodeURIComponent(pathname)
    if (host !== '' && host !== 'localhost') return `\\\\${host}${path.replaceAll('/', '\\')}`
    // file:///C:/data
    return /^\/[A-Za-z]:\//.test(path) ? path.slice(1) : path
  } catch {
    return null
  }
}
