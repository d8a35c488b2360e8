import { parseArgs } from 'node:util'

export const USAGE = `usage: npm run bench -- [options]
  --quick             small scenes, few steps: to see that everything runs, not for figures
  --only NAME         only cases whose name contains NAME, e.g. read, float32/tif, network, keras, big, huge, app, app/one-click
  --big               also the big scene (needs time and some 10 GB of disk); --only big runs it alone
  --scene-size SIDE   rows and columns of the big scene (default 2000)
  --model FOLDER      model for the big scene (default resources/models/studio-2x, or an untrained one)`

/**
 * @param {readonly string[]} words what follows the program's name
 * @returns {{quick: boolean, only: string | null, big: boolean, sceneSize: number, model: string | null}}
 * Throws an Error that says what is wrong with the words.
 */
export function benchOptions(words) {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string' },
      big: { type: 'boolean', default: false },
      'scene-size': { type: 'string', default: '2000' },
      model: { type: 'string' },
    },
  })
  const sceneSize = Number(values['scene-size'])
  if (!Number.isInteger(sceneSize) || sceneSize < 64) throw new Error(`--scene-size ${values['scene-size']}: must be a whole number of 64 or more`)
  return { quick: values.quick, only: values.only ?? null, big: values.big, sceneSize, model: values.model ?? null }
}

/**
 * Whether a case is to be run. The big scene, the huge ones, those of the window (which need Electron) and Keras (which is installed for it) are run on demand only.
 * @param {string} name @param {{only: string | null, big: boolean}} options
 */
export function isWanted(name, { only, big }) {
  if (only !== null && !name.includes(only)) return false
  if (name.startsWith('keras/') && only?.startsWith('keras') !== true) return false
  if (/^app\b/.test(name) && only?.startsWith('app') !== true) return false
  return (name !== 'big' || big || only === 'big') && (name !== 'huge' || only === 'huge')
}
