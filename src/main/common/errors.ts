/**
 * Every failure that a user can meet is a `StudioError`: what is wrong, in which file, and what to do about it.
 * The tag is for programs (exit codes, tests, the interface); the text is for people.
 */
export type ErrorTag =
  | 'unsupported' // a valid file of a kind that is not handled
  | 'malformed' // the file contradicts itself or its format
  | 'truncated' // the file is shorter than its header says
  | 'too-large' // it would not fit into memory, disk or the format
  | 'not-found'
  | 'io' // the operating system refused: disk full, no permission, drive gone
  | 'invalid-argument' // the caller asked for something impossible
  | 'mismatch' // two things that must fit do not: model and scene, reference and estimate
  | 'diverged' // training produced NaN or infinity
  | 'cancelled'
  | 'crashed' // a job process ended without an answer
  | 'missing-runtime' // TensorFlow or another installed part is absent

export interface StudioErrorJson {
  tag: ErrorTag
  message: string
  file?: string
  remedy?: string
}

export class StudioError extends Error {
  readonly tag: ErrorTag
  readonly file: string | undefined
  readonly remedy: string | undefined

  constructor(tag: ErrorTag, message: string, details: { file?: string; remedy?: string; cause?: unknown } = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'StudioError'
    this.tag = tag
    this.file = details.file
    this.remedy = details.remedy
  }

  /** What crosses a process boundary, where only plain data survives. */
  toJSON(): StudioErrorJson {
    return {
      tag: this.tag,
      message: this.message,
      ...(this.file === undefined ? {} : { file: this.file }),
      ...(this.remedy === undefined ? {} : { remedy: this.remedy }),
    }
  }

  static fromJSON(json: StudioErrorJson): StudioError {
    return new StudioError(json.tag, json.message, json)
  }
}

const REMEDY_BY_CODE: Record<string, [ErrorTag, string, string]> = {
  ENOENT: ['not-found', 'the file does not exist', 'Check the path; if the scene was moved, choose its new place.'],
  EACCES: ['io', 'permission denied', 'Check the permissions of the file and its folder, or choose another folder.'],
  EPERM: ['io', 'permission denied', 'Check the permissions of the file and its folder, or choose another folder.'],
  EROFS: ['io', 'the disk is read-only', 'Choose a folder on a writable disk.'],
  ENOSPC: ['io', 'the disk is full', 'Free some space or choose another disk.'],
  EISDIR: ['io', 'this is a folder, not a file', 'Choose a file.'],
  EIO: ['io', 'the drive failed or was removed', 'Connect the drive again and retry.'],
  ENODEV: ['io', 'the drive failed or was removed', 'Connect the drive again and retry.'],
}

/** Turns anything thrown into a `StudioError`; names `file` when the error does not already name one. */
export function toStudioError(error: unknown, file?: string): StudioError {
  if (error instanceof StudioError) return error
  if (error instanceof Error) {
    if (error.name === 'AbortError') return new StudioError('cancelled', 'Cancelled.', { cause: error })
    const { code, path } = error as NodeJS.ErrnoException
    const known = code === undefined ? undefined : REMEDY_BY_CODE[code]
    const named = file ?? path
    if (known !== undefined) {
      const [tag, what, remedy] = known
      return new StudioError(tag, named === undefined ? what : `${named}: ${what}`, {
        ...(named === undefined ? {} : { file: named }),
        remedy,
        cause: error,
      })
    }
    return new StudioError('io', error.message, { ...(named === undefined ? {} : { file: named }), cause: error })
  }
  return new StudioError('io', String(error))
}
