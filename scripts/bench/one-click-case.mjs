import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { dacn } from '../accuracy/dacn.mjs'
import { launchApp } from '../app/launch-app.mjs'
import { pictureIn } from './app-probes.mjs'
import { childSeconds } from './child-time.mjs'
import { keepCurves, middleWalk } from './one-click-curves.mjs'
import { firstImprovement, heardCurve, shownAfter, watchClick } from './one-click-probes.mjs'
import { root } from './process.mjs'
import { median } from './statistics.mjs'

const ROUNDS = { full: 3, quick: 1 }
/** What one click promises on two cores, in seconds. */
const PROMISED = { first: 20, final: 180 }
const LIMIT_MS = 600_000

/** @typedef {import('./one-click-curves.mjs').Walk} Walk */

/**
 * The sample project from an empty folder of settings, the button that sharpens, and at once all that a user would click
 * afterwards up to the result on the screen.
 * @param {string} file to be written @param {boolean} quick stops the training at its first picture
 * @returns {Promise<Walk & {adopted: string}>} `adopted`: the verdict's first words
 */
async function walkWindow(file, quick) {
  const { electronApp, page, close } = await launchApp({ width: 1440, height: 900, theme: 'light' })
  const content = page.getByRole('main')
  const press = (name) => content.getByRole('button', { name, exact: true }).click({ timeout: LIMIT_MS })
  try {
    await page.getByRole('button', { name: 'Try the sample project' }).click()
    await page.getByRole('list', { name: 'Scenes', exact: true }).getByText('135 bands').waitFor({ timeout: LIMIT_MS })
    await content.getByRole('button', { name: 'Fine-tune…' }).click()
    // the plan has been counted through
    await content.getByText('Held-out block').first().waitFor({ timeout: LIMIT_MS })
    await watchClick(page)
    await press('Fine-tune')
    const { seconds: first, overBicubicDb } = await firstImprovement(page, LIMIT_MS)
    if (quick) await press('Stop and keep best')
    const verdict = await shownAfter(page, '.verdict', LIMIT_MS)
    const { validations, lines } = await heardCurve(page)
    const adopted = await page.locator('.verdict h2').innerText()

    await electronApp.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }) }, file)
    await press('Upscale & export')
    await press('Upscale & export…')
    await shownAfter(page, '.swipe canvas', LIMIT_MS)
    await pictureIn(page, '.swipe canvas')
    const result = await shownAfter(page, '.swipe', LIMIT_MS)
    const { bicubicPsnr: bicubic, backProjectionPsnr: backProjection, basePsnr: base } = lines
    return { first, overBicubicDb, verdict, result, curve: validations, lines: { bicubic, backProjection, base }, adopted }
  } finally {
    await close()
  }
}

/** The same on the command line: `dacn demo`. @param {string} folder for its files @param {boolean} quick @returns {Promise<Walk>} */
async function walkDemo(folder, quick) {
  const started = performance.now()
  const since = () => (performance.now() - started) / 1000
  const curve = []
  let lines = null
  await dacn(['demo', '--out', folder, ...(quick ? ['--minutes', 0.05] : [])], (line) => {
    if (line.kind !== 'train-validation') return
    curve.push({ seconds: since(), step: line.step, psnr: line.psnr })
    lines = { bicubic: line.bicubicPsnr, backProjection: line.backProjectionPsnr, base: line.basePsnr }
  })
  return { result: since(), curve, lines }
}

/** With the processor's seconds of all processes that `walk` started. */
async function timed(walk) {
  const before = childSeconds()
  const found = await walk()
  return { ...found, ...(before === undefined ? {} : { cpuSeconds: childSeconds() - before }) }
}

/**
 * One click on the sample scene: when something better than bicubic is on the screen, when the verdict, when the result;
 * and the whole of `dacn demo`. Quality against seconds goes to bench-results/one-click.svg and .csv.
 * @param {{quick: boolean, folder: string}} setting
 */
export function oneClickCase({ quick, folder }) {
  return {
    name: 'app/one-click',
    run: async () => {
      const rounds = ROUNDS[quick ? 'quick' : 'full']
      const walks = []
      const demos = []
      for (let round = 0; round < rounds; round++) {
        walks.push(await timed(() => walkWindow(join(folder, `one-click-${round}.tif`), quick)))
        demos.push(await timed(() => walkDemo(join(folder, `one-click-demo-${round}`), quick)))
      }
      const cpu = (runs) => (runs.some(({ cpuSeconds }) => cpuSeconds === undefined) ? {} : { cpuSeconds: median(runs.map(({ cpuSeconds }) => cpuSeconds)) })
      const row = (what, seconds, promised, note, cost = {}) => ({
        name: `app/one-click-${what}`, ours: { wallSeconds: median(seconds), ...cost }, besideName: promised === null ? '' : 'promised',
        beside: promised === null ? null : { wallSeconds: promised }, note: `${note}; ${rounds === 1 ? 'one run' : `runs ${seconds.map((value) => value.toFixed(1)).join(', ')}`}`,
      })
      const of = (pick) => walks.map(pick)
      const { overBicubicDb, adopted, lines } = middleWalk(walks)
      console.log(keepCurves(join(root, 'bench-results'), walks, demos).join('\n'))
      return [
        row('first', of(({ first }) => first), PROMISED.first, `click to a picture ${overBicubicDb.toFixed(1)} dB nearer to the truth than bicubic, on the screen`),
        row('verdict', of(({ verdict }) => verdict), null, adopted),
        row('result', of(({ result }) => result), PROMISED.final, `result written, checked and shown; bicubic ${lines.bicubic.toFixed(2)} dB, back-projection ${lines.backProjection.toFixed(2)}`, cpu(walks)),
        row('demo', demos.map(({ result }) => result), PROMISED.final, '`dacn demo`, from start to end of the command', cpu(demos)),
      ]
    },
  }
}
