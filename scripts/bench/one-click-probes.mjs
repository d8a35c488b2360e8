// What one click brings, as seen from inside the page: when pictures are on the screen, and what the curves tell.

/** @typedef {import('playwright-core').Page} Page */

/**
 * Begins to watch: the clock starts with the next click on a button of the page's content. Curves are written down as they
 * reach the page; a picture counts once its pixels are painted and most of it lies in the window.
 * @param {Page} page
 */
export async function watchClick(page) {
  await page.evaluate(() => {
    const seen = { clicked: null, validations: [], lines: null, improved: null }
    globalThis.oneClick = seen
    document.querySelector('main').addEventListener('click', (event) => { if (event.target.closest('button') !== null) seen.clicked ??= performance.now() }, { capture: true })
    const since = () => (performance.now() - seen.clicked) / 1000
    window.dacn.subscribe('run.grew', ({ added: { validations, lines } }) => {
      seen.lines ??= lines
      validations.step.forEach((step, i) => { seen.validations.push({ seconds: since(), step, psnr: validations.psnr[i] }) })
    })

    const pixelsOf = (canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data
    const squaredError = (pixels, truth) => pixels.reduce((sum, value, i) => sum + (value - truth[i]) ** 2, 0)
    /** Most of it within the window, and not below the strip of jobs at its bottom. */
    const isInSight = (canvas) => {
      const { left, top, width, height } = canvas.getBoundingClientRect()
      const shown = [[0.5, 0.1], [0.5, 0.5], [0.5, 0.75]].filter(([x, y]) => document.elementFromPoint(left + x * width, top + y * height) === canvas)
      return shown.length === 3
    }
    const look = () => {
      const canvases = [...document.querySelectorAll('.patches canvas')]
      if (seen.clicked !== null && canvases.length === 4 && canvases.every(({ width, height }) => width * height > 0)) {
        const [, bicubic, now, truth] = canvases.map(pixelsOf)
        const [plain, ours] = [squaredError(bicubic, truth), squaredError(now, truth)]
        if (ours > 0 && ours < plain && isInSight(canvases[2])) {
          seen.improved = { seconds: since(), overBicubicDb: 10 * Math.log10(plain / ours) }
          return
        }
      }
      requestAnimationFrame(look)
    }
    look()
  })
}

/** Resolves with the seconds from the click until the page shows what `selector` finds. @param {Page} page @param {string} selector @param {number} limitMs */
export async function shownAfter(page, selector, limitMs) {
  await page.locator(selector).first().waitFor({ timeout: limitMs })
  return page.evaluate(() => new Promise((done) => {
    // painted with the frame after the next
    requestAnimationFrame(() => { requestAnimationFrame(() => { done((performance.now() - globalThis.oneClick.clicked) / 1000) }) })
  }))
}

/**
 * Waits for the first picture that is nearer to the truth than bicubic, counted on the pixels that the page shows.
 * @param {Page} page @param {number} limitMs @returns {Promise<{seconds: number, overBicubicDb: number}>}
 */
export async function firstImprovement(page, limitMs) {
  const found = await page.waitForFunction(() => globalThis.oneClick.improved, undefined, { timeout: limitMs, polling: 100 })
  return found.jsonValue()
}

/**
 * All validations that the page has heard of, and the lines to beat, dB.
 * @param {Page} page @returns {Promise<{validations: {seconds: number, step: number, psnr: number}[], lines: {bicubicPsnr: number, backProjectionPsnr: number, basePsnr: number | null} | null}>}
 */
export function heardCurve(page) {
  return page.evaluate(() => ({ validations: globalThis.oneClick.validations, lines: globalThis.oneClick.lines }))
}
