// Everything goes to standard error, so that the standard output of `npm run bench` and of `dacn` stays their own.

/** Announces a step or a notable event in one line. @param {string} line */
export function say(line) {
  process.stderr.write(`[set-up] ${line}\n`)
}

/** A message that must not be overlooked. @param {string} message one or more lines */
export function warn(message) {
  const rule = '!'.repeat(78)
  process.stderr.write(`${rule}\n${message.split('\n').map((line) => `! ${line}`).join('\n')}\n${rule}\n`)
}

/** @param {number} bytes @returns {string} megabytes (10^6) without decimals */
export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`
}
