import type { ErrorTag } from '../common/errors'

export const EXIT_OK = 0
export const EXIT_UNEXPECTED = 1
export const EXIT_USAGE = 2

/** Exit code of a command that failed, by the kind of failure; 130 is what shells give for Ctrl-C. */
export const EXIT_BY_TAG: Record<ErrorTag, number> = {
  'invalid-argument': EXIT_USAGE,
  'not-found': 3,
  unsupported: 3,
  malformed: 3,
  truncated: 3,
  mismatch: 4,
  io: 5,
  'too-large': 5,
  diverged: 6,
  crashed: 7,
  'missing-runtime': 8,
  cancelled: 130,
}

export const EXIT_CODE_HELP = `Exit codes:
  0    done
  1    unexpected error in the program; please report it
  2    wrong options or arguments
  3    a scene or model is missing, damaged, or of a kind that is not supported
  4    two inputs do not fit together: scene and model, reference and estimate
  5    the system refused: disk full, no permission, too large for memory or format
  6    training diverged, or the self-test did not learn
  7    the job process crashed; --resume continues
  8    TensorFlow or another installed part is missing
  130  cancelled (Ctrl-C; twice stops at once)`
