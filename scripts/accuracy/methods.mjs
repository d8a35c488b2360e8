/**
 * What is compared. `train` = words for `dacn train` (null: the shipped weights as they are); `seeds` = how many runs with
 * different seeds; `mixOnly` = on a few scenes, because it takes long, unless scenes are named; `minutes` = time budget of the training.
 * The methods without learning come with every evaluation.
 * @typedef {{name: string, train: string[] | null, seeds: number, mixOnly: boolean, minutes: number}} Method
 */

/** The methods without learning, as `dacn evaluate` names them. */
export const CLASSICAL = ['nearest', 'bicubic', 'lanczos', 'back-projection']

/** Of what is trained from the shipped weights and from random ones. */
export const TUNED = 'base + fine-tuned'
export const SCRATCH = 'studio from scratch'

const PUBLISHED = 'published DACN'

/** @param {string} name of a method */
export function isPublished(name) {
  return name.startsWith(PUBLISHED)
}

/** @param {{minutes: number, paperMinutes: number, seeds: number}} budget @returns {Method[]} */
export function trainedMethods({ minutes, paperMinutes, seeds }) {
  return [
    { name: 'base weights', train: null, seeds: 1, mixOnly: false, minutes: 0 },
    { name: TUNED, train: [], seeds, mixOnly: false, minutes },
    { name: SCRATCH, train: ['--base', 'none'], seeds, mixOnly: true, minutes },
    { name: `${PUBLISHED} (text)`, train: ['--preset', 'paper', '--paper-variant', 'text'], seeds, mixOnly: true, minutes: paperMinutes },
    { name: `${PUBLISHED} (notebook)`, train: ['--preset', 'paper', '--paper-variant', 'notebook'], seeds, mixOnly: true, minutes: paperMinutes },
  ]
}
