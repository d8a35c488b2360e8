/** A set-up step that cannot go on: what is wrong, and what the person at the keyboard does about it. */
export class SetupFailure extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} remedy what to do, as a command where there is one
   */
  constructor(message, remedy) {
    super(message)
    this.remedy = remedy
  }
}

/**
 * What the file system's refusals mean to the person at the keyboard.
 * @param {unknown} error
 * @returns {SetupFailure | null} null when it is no such refusal
 */
export function failureOfDisk(error) {
  const causes = {
    EACCES: 'may not be written by this user', EPERM: 'may not be written by this user', EROFS: 'is on a read-only disk',
    ENOSPC: 'found no room on its disk', EDQUOT: 'is beyond this user\'s quota', ENOTDIR: 'leads through a file that is no folder',
  }
  const { code, path, dest } = error ?? {}
  if (!(code in causes) || !path) return null
  return new SetupFailure(
    `${dest ?? path} ${causes[code]} (${code}).`,
    'Mend that (the TensorFlow library needs 1 GB, for a GPU 8 GB), or set DACN_CACHE to a folder on another disk.',
  )
}
