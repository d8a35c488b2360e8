import { StudioError } from '../../common/errors'
import { elementCount, type MatFile, type MatVariable } from './mat-variable'

/** Colour pictures often lie beside the cube (rgbImg); they are the scene only when nothing else is. */
const MOST_BANDS_OF_A_PICTURE = 4

/**
 * The variable that is the scene: the one named, else the only three-dimensional numeric one, else the largest.
 * Errors: 'not-found' (no variable of that name), 'unsupported' (it, or every variable, is no real numeric cube),
 * 'invalid-argument' (several of the same size: the message lists them, the remedy says how to choose).
 */
export function chooseVariable(file: MatFile, path: string, wanted: string | undefined): MatVariable {
  const cubes = file.variables.filter(isCube)
  const choice = `Choose one with --variable NAME: ${cubes.map(describe).join(', ')}.`
  if (wanted !== undefined) {
    const variable = file.variables.find(({ name }) => name === wanted)
    if (variable !== undefined) {
      if (isCube(variable)) return variable
      const reason = `has ${shape(variable)} values, and a scene has three dimensions (rows, columns, bands), none of them empty`
      throw new StudioError('unsupported', `${path}: the variable "${wanted}" ${reason}.`, {
        file: path, remedy: cubes.length > 0 ? choice : 'Save the cube as an array of rows x columns x bands.',
      })
    }
    const skipped = file.skipped.find(({ name }) => name === wanted)
    if (skipped !== undefined) {
      throw new StudioError('unsupported', `${path}: the variable "${wanted}" ${skipped.reason}.`, {
        file: path, remedy: cubes.length > 0 ? choice : 'Save the cube as a real, full, numeric array.',
      })
    }
    throw new StudioError('not-found', `${path}: there is no variable "${wanted}".`, { file: path, remedy: cubes.length > 0 ? choice : 'Choose another file.' })
  }
  if (cubes.length === 0) {
    const seen = [...file.variables.map(describe), ...file.skipped.map(({ name, reason }) => `${name} ${reason}`)]
    throw new StudioError('unsupported', `${path}: no variable is a numeric array of three dimensions (${seen.length === 0 ? 'the file is empty' : seen.slice(0, 20).join('; ')}).`, {
      file: path, remedy: 'Save the cube as an array of rows x columns x bands.',
    })
  }
  const spectral = cubes.filter(({ dims }) => Math.min(...dims) > MOST_BANDS_OF_A_PICTURE)
  const candidates = spectral.length > 0 ? spectral : cubes
  const largest = Math.max(...candidates.map(({ dims }) => elementCount(dims)))
  const [first, second] = candidates.filter(({ dims }) => elementCount(dims) === largest)
  if (first === undefined || second !== undefined) {
    throw new StudioError('invalid-argument', `${path}: several variables could be the scene.`, { file: path, remedy: choice })
  }
  return first
}

export function isCube(variable: MatVariable): boolean {
  return variable.dims.length === 3 && variable.dims.every((length) => length > 0)
}

function shape({ dims }: MatVariable): string {
  return dims.join(' x ')
}

function describe(variable: MatVariable): string {
  return `${variable.name} (${shape(variable)} ${variable.matlabClass})`
}
