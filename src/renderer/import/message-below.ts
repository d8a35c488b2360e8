/** A message for a place right below `path`, so that the path at its beginning may go; what is left becomes a sentence. */
export function messageBelow(path: string, message: string): string {
  if (!message.startsWith(`${path}: `)) return message
  const rest = message.slice(path.length + 2)
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)}${/[.!?]$/.test(rest) ? '' : '.'}`
}
