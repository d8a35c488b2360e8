import { markdown } from '../accuracy/markdown.mjs'
import { mean, signed } from '../accuracy/numbers.mjs'
import { pairedMean, told, verdictOf } from './paired.mjs'

/**
 * A variation with a seed, on every scene.
 * @typedef {{psnr: number, samDegrees: number}} Score
 * @typedef {{seed: number, variation: string, parameters: number, steps: number, scenes: {scene: string, base: Score, score: Score}[]}} IngredientCell
 */

const SHIPPED = 'as shipped'

const gain = ({ base, score }) => score.psnr - base.psnr
const angle = ({ base, score }) => 100 * (score.samDegrees / base.samDegrees - 1)

/** Differences to the shipped one with the same seed, scene by scene. @param {readonly IngredientCell[]} cells */
function differences(cells, variation, of) {
  return cells.filter((cell) => cell.variation === variation).flatMap(({ seed, scenes }) => {
    const shipped = cells.find((cell) => cell.variation === SHIPPED && cell.seed === seed)
    return (shipped?.scenes ?? []).flatMap((theirs) => scenes.filter(({ scene }) => scene === theirs.scene).map((ours) => ({ scene: ours.scene, value: of(ours) - of(theirs) })))
  })
}

/** @param {readonly IngredientCell[]} cells */
export function ingredientReport(cells) {
  const rows = [...new Set(cells.map(({ variation }) => variation))].map((variation) => {
    const of = cells.filter((cell) => cell.variation === variation)
    const all = of.flatMap(({ scenes }) => scenes)
    const gains = differences(cells, variation, gain)
    const against = () => [told(pairedMean(gains)), signed(pairedMean(differences(cells, variation, angle)).mean, 2), verdictOf(pairedMean(gains))]
    const compared = gains.length === 0 || variation === SHIPPED ? ['', '', ''] : against()
    return [variation, String(of.length), mean(of.map(({ steps }) => steps)).toFixed(0), signed(mean(all.map(gain)), 3), `${signed(mean(all.map(angle)), 1)} %`, ...compared]
  })
  const scenes = new Set(cells.flatMap((cell) => cell.scenes.map(({ scene }) => scene))).size
  const head = ['variation', 'seeds', 'steps', 'PSNR gain over back-projection dB', 'SAM change', 'against as shipped, dB', 'SAM, points', '']
  return `${scenes} scenes; ± is the standard error over scenes.\n\n${markdown(head, rows)}`
}

/** @param {readonly IngredientCell[]} cells */
export function ingredientCsv(cells) {
  const head = 'variation,seed,parameters,steps,scene,base_psnr,base_sam_degrees,psnr,sam_degrees'
  const lines = cells.flatMap(({ variation, seed, parameters, steps, scenes }) => scenes.map(({ scene, base, score }) => [variation, seed, parameters, steps, scene, base.psnr, base.samDegrees, score.psnr, score.samDegrees].join(',')))
  return `${[head, ...lines].join('\n')}\n`
}
