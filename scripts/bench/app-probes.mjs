// What is measured inside the running application, in its page and in its main process.

/** @typedef {import('playwright-core').Page} Page */

/** Delays of an event loop are taken from a timer that should fire this often. */
const BEAT_MS = 5

/**
 * Remembers the page's newest port to the scene process, for `askPicture`: the page's own code keeps it to itself.
 * @param {Page} page
 */
export async function catchPorts(page) {
  await page.evaluate(() => {
    const original = MessagePort.prototype.postMessage
    MessagePort.prototype.postMessage = function postMessage(...words) {
      globalThis.benchPort = this
      return original.apply(this, words)
    }
  })
}

/** Milliseconds from a question for pixels to its answer in the page. @param {Page} page @param {object} payload of 'picture' */
export function askPicture(page, payload) {
  return page.evaluate((content) => new Promise((done, failed) => {
    const port = globalThis.benchPort
    const id = Math.floor(1e9 * (1 + Math.random()))
    const started = performance.now()
    const hear = ({ data }) => {
      if (data.id !== id) return
      port.removeEventListener('message', hear)
      if (data.ok) done(performance.now() - started)
      else failed(new Error(data.error.message))
    }
    port.addEventListener('message', hear)
    port.postMessage({ id, name: 'picture', payload: content })
  }), payload)
}

/**
 * Milliseconds until a canvas that `selector` finds shows a picture: more than the few colours of an empty map.
 * @param {Page} page @param {string} selector
 */
export function pictureIn(page, selector) {
  return page.evaluate((which) => new Promise((done) => {
    const started = performance.now()
    const small = document.createElement('canvas')
    small.width = small.height = 32
    const context = small.getContext('2d', { willReadFrequently: true })
    const look = () => {
      for (const canvas of document.querySelectorAll(which)) {
        if (canvas.width === 0 || canvas.height === 0) continue
        context.clearRect(0, 0, 32, 32)
        context.drawImage(canvas, 0, 0, 32, 32)
        const pixels = new Uint32Array(context.getImageData(0, 0, 32, 32).data.buffer)
        if (new Set(pixels).size > 64) return done(performance.now() - started)
      }
      return requestAnimationFrame(look)
    }
    look()
  }), selector)
}

/**
 * How much later than asked for each beat of an event loop came, in ms. It runs in the main process of the application as
 * well, so it is complete in itself.
 * @param {unknown} _electron @param {[beatMs: number, forMs: number]} times @returns {Promise<number[]>}
 */
function loopDelays(_electron, [beatMs, forMs]) {
  return new Promise((done) => {
    const delays = []
    let last = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      delays.push(Math.max(0, now - last - beatMs))
      last = now
    }, beatMs)
    setTimeout(() => {
      clearInterval(timer)
      done(delays)
    }, forMs)
  })
}

/** Delays of main's event loop. */
export function mainDelays(electronApp, seconds) {
  return electronApp.evaluate(loopDelays, [BEAT_MS, seconds * 1000])
}

/** Delays of this process's own: what the machine does to any process at the moment. */
export function ownDelays(seconds) {
  return loopDelays(null, [BEAT_MS, seconds * 1000])
}

/** Delays of the page's event loop, and the milliseconds between its frames. @param {Page} page @param {number} seconds */
export function pageDelays(page, seconds) {
  return page.evaluate(([beatMs, all]) => new Promise((done) => {
    const delays = []
    const frames = []
    let last = performance.now()
    let lastFrame = last
    let ended = false
    const timer = setInterval(() => {
      const now = performance.now()
      delays.push(Math.max(0, now - last - beatMs))
      last = now
    }, beatMs)
    const count = () => {
      if (ended) return
      const now = performance.now()
      frames.push(now - lastFrame)
      lastFrame = now
      requestAnimationFrame(count)
    }
    requestAnimationFrame(count)
    setTimeout(() => {
      ended = true
      clearInterval(timer)
      done({ delays, frames })
    }, all)
  }), [BEAT_MS, seconds * 1000])
}
