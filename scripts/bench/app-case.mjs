import { statSync } from 'node:fs'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { launchApp } from '../app/launch-app.mjs'
import { askPicture, catchPorts, mainDelays, ownDelays, pageDelays, pictureIn } from './app-probes.mjs'
import { benchTask, root } from './process.mjs'
import { median, quantile } from './statistics.mjs'

const LAUNCHES = { full: 5, quick: 1 }
/** The big scene: 2.0 GB as int16. */
const BIG = { full: { rows: 2240, cols: 2240, bands: 200 }, quick: { rows: 200, cols: 200, bands: 50 } }
/** What goes through the port at once: 36 MB. */
const SENT = { rows: 1500, cols: 1500, bands: 4 }
const TRAINING_SECONDS = { full: 40, quick: 3 }
const WINDOW = { width: 1440, height: 900, theme: 'light' }

/** Asks the application as the page does. */
function request(page, name, payload) {
  return page.evaluate(async ([channel, content]) => {
    const reply = await window.dacn.invoke(channel, content)
    if (!reply.ok) throw new Error(reply.error.message)
    return reply.value
  }, [name, payload])
}

async function until(condition, what, limitMs = 120_000) {
  const end = performance.now() + limitMs
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`${what} did not happen within ${limitMs / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function row(name, wallSeconds, note) {
  return { name, ours: { wallSeconds }, besideName: '', beside: null, note }
}

const inMs = (ms) => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`

/** From the start of the process to the first screen with its buttons. */
async function windowRow(launches) {
  const times = []
  for (let i = 0; i < launches; i++) {
    const started = performance.now()
    const { page, close } = await launchApp(WINDOW)
    await page.locator('.way').first().waitFor()
    times.push((performance.now() - started) / 1000)
    await close()
  }
  return row('app/window', median(times), `median of ${launches}; start of Electron to the first screen`)
}

/** From the answer of the file dialog to the preview of the scene, and from its acceptance to the scene's own page. */
async function pictureRow(name, { electronApp, page }, file) {
  await electronApp.evaluate(({ dialog }, path) => { dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] }) }, file)
  // away from the scene before, whose picture is not meant
  await page.locator('.sidebar .overview').click()
  await page.getByRole('button', { name: 'Import scenes' }).first().click()
  const previewMs = await pictureIn(page, '.import-dialog canvas')
  await page.locator('.import-dialog button[type=submit]').click()
  const ownMs = await pictureIn(page, 'main canvas[role=application]')
  return row(`app/picture-${name}`, previewMs / 1000, `${(statSync(file).size / 1e9).toPrecision(3)} GB, chosen file to its preview; from acceptance to the picture on the scene's page ${inMs(ownMs)}`)
}

/** Blocks of pixels from the scene process to the page, reading and copying included. */
async function portRow({ page }, file, rounds) {
  const { rows, cols, bands } = SENT
  const [{ handle }] = await request(page, 'import.inspect', { paths: [file] })
  const question = { layer: `candidate:${handle}`, window: { row: 0, col: 0, rows, cols }, bands: Array.from({ length: bands }, (_, band) => band), rows, cols }
  // the first opens the file
  await askPicture(page, question)
  const times = []
  for (let i = 0; i < rounds; i++) times.push((await askPicture(page, question)) / 1000)
  const megabytes = (rows * cols * bands * 4) / 1e6
  return row('app/port', median(times), `${megabytes} MB of float32 from the scene process to the page: ${Math.round(megabytes / median(times))} MB/s, reading included`)
}

/** What the event loops of main and page, and the frames of the run's page, suffer from a fine-tuning on all cores. */
async function trainingRows({ electronApp, page }, seconds) {
  const { scenes } = await request(page, 'project.openSample', null)
  await until(async () => (await request(page, 'project.current', null)).scenes[0].state === 'ready', 'the sample scene')
  const plan = { scale: 2, preset: 'studio', minutes: 10, steps: null, seed: 1, precision: 'float32', validation: null, baseModelId: null, gaussianSigma: null }
  const { runId } = await request(page, 'training.start', { sceneIds: [scenes[0].id], plan })
  await page.locator(`[data-line="${runId}"]`).click()
  await until(async () => (await request(page, 'run.curves', { runId })).steps.step.length > 2, 'the first steps of the training')
  const [ofMain, ofPage, here] = await Promise.all([mainDelays(electronApp, seconds), pageDelays(page, seconds), ownDelays(seconds)])
  const stall = (name, delays) => {
    const told = (all) => `${inMs(Math.max(...all))}, 99 % below ${inMs(quantile(all, 0.99))}`
    const note = `longest stall ${told(delays)} in ${seconds} s of training; idle process at the same time: ${told(here)}`
    return { ...row(name, Math.max(...delays) / 1000, note), besideName: 'idle process', beside: { wallSeconds: Math.max(...here) / 1000 } }
  }
  const gaps = ofPage.frames
  const longestGap = Math.max(...gaps)
  return [
    stall('app/stalls-main', ofMain),
    stall('app/stalls-page', ofPage.delays),
    row('app/frames', longestGap / 1000, `${(gaps.length / (gaps.reduce((sum, gap) => sum + gap, 0) / 1000)).toFixed(1)} frames a second on the run's page while training, longest gap ${inMs(longestGap)}`),
  ]
}

/** Runs `work` in an application of its own. */
async function inApp(work) {
  const app = await launchApp(WINDOW)
  try {
    await work(app)
  } finally {
    await app.close()
  }
}

/**
 * The window, in Electron on a screen in memory where there is no other: when it can be used, when a scene can be seen, and
 * whether it stays smooth beside a training.
 * @param {{quick: boolean, folder: string}} setting
 */
export function appCase({ quick, folder }) {
  const kind = quick ? 'quick' : 'full'
  return {
    name: 'app',
    run: async () => {
      const big = join(folder, 'window-big.bip')
      const sent = join(folder, 'window-sent.bip')
      await benchTask('scene', { ...BIG[kind], type: 'int16', out: big })
      await benchTask('scene', { ...SENT, type: 'float32', out: sent })
      const rows = [await windowRow(LAUNCHES[kind])]
      await inApp(async (app) => {
        await catchPorts(app.page)
        await app.electronApp.evaluate(({ dialog }, filePath) => { dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath }) }, join(folder, 'window-project'))
        await request(app.page, 'project.create', null)
        rows.push(await pictureRow('small', app, join(root, 'resources', 'sample-scene', 'dlr-hysu.tif')))
        rows.push(await pictureRow('big', app, big))
        rows.push(await portRow(app, sent, quick ? 1 : 9))
      })
      await inApp(async (app) => { rows.push(...(await trainingRows(app, TRAINING_SECONDS[kind]))) })
      return rows
    },
  }
}
