/**
 * What is drawn of a method: PSNR on the held-out block against seconds, and that of the methods without learning; `base` =
 * weights as shipped.
 * @typedef {{method: string, curve: readonly {seconds: number, psnr: number}[], lines: {bicubic: number, backProjection: number, base?: number | null} | null}} Learning
 */

const WIDTH = 760
const HEIGHT = 420
const BOX = { left: 64, right: 220, top: 40, bottom: 52 }
/** Decibels. */
const BELOW_BEST = 2.5
/** Okabe and Ito's colours, told apart by all. */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00']

/**
 * Quality on the held-out block against seconds, as SVG: who is first at every moment. Methods whose curve is empty are
 * left out, null where all are; seconds on a logarithmic axis.
 * @param {string} title @param {readonly Learning[]} runs of one scene and scale, one a method
 * @param {{since?: string, marks?: readonly {seconds: number, text: string}[]}} [options] `since`: what the seconds count from; `marks`: moments with a name
 */
export function curvePlot(title, runs, { since = 'the command began', marks = [] } = {}) {
  const drawn = runs.filter(({ curve }) => curve.length > 0)
  const lines = drawn[0]?.lines ?? null
  if (lines === null) return null
  const points = drawn.flatMap(({ curve }) => curve)
  const seconds = [...points, ...marks].map((one) => one.seconds)
  const [first, last] = [Math.min(...seconds), Math.max(...seconds)]
  // of every method the best is seen with what led to it; one that starts from nothing must not squeeze the others together
  const low = Math.min(lines.bicubic - 1.5, ...drawn.map(({ curve }) => Math.max(...curve.map(({ psnr }) => psnr)) - BELOW_BEST))
  const high = Math.max(...points.map(({ psnr }) => psnr), lines.backProjection) + 0.3
  const x = (moment) => BOX.left + ((WIDTH - BOX.left - BOX.right) * Math.log(moment / first)) / Math.max(Math.log(last / first), 1e-9)
  const y = (psnr) => HEIGHT - BOX.bottom - ((HEIGHT - BOX.top - BOX.bottom) * (psnr - low)) / (high - low)
  const label = (at, text, colour) => `<text x="${WIDTH - BOX.right + 10}" y="${at.toFixed(1)}" fill="${colour}">${text}</text>`
  const compared = [['bicubic', lines.bicubic], ['back-projection', lines.backProjection], ...(lines.base == null ? [] : [['shipped weights', lines.base]])]
  const ends = [
    ...compared.map(([text, psnr]) => ({ text, colour: '#777', psnr })),
    ...drawn.map(({ method, curve }, index) => ({ text: method, colour: COLOURS[index % COLOURS.length], psnr: curve[curve.length - 1].psnr })),
  ].sort((p, q) => q.psnr - p.psnr)
  let above = 0
  const labels = ends.map(({ text, colour, psnr }) => {
    above = Math.max(above + 17, y(Math.max(psnr, low)) + 4)
    return label(above, text, colour)
  })
  const rule = (psnr) => `<line x1="${BOX.left}" x2="${WIDTH - BOX.right}" y1="${y(psnr).toFixed(1)}" y2="${y(psnr).toFixed(1)}" stroke="#999" stroke-dasharray="5 4"/>`
  const curves = drawn.map(({ curve }, index) => `<polyline fill="none" stroke="${COLOURS[index % COLOURS.length]}" stroke-width="2" points="${curve.map((point) => `${x(point.seconds).toFixed(1)},${y(point.psnr).toFixed(1)}`).join(' ')}"/>`)
  // names left of their lines, turned; one that would lie over its right neighbour steps aside
  let place = Infinity
  const moments = marks.toSorted((p, q) => q.seconds - p.seconds).map(({ seconds: at, text }) => {
    const left = x(at).toFixed(1)
    place = Math.min(place - 14, x(at) - 5)
    return `<line x1="${left}" x2="${left}" y1="${BOX.top}" y2="${HEIGHT - BOX.bottom}" stroke="#999" stroke-dasharray="2 3"/><text transform="translate(${place.toFixed(1)} ${HEIGHT - BOX.bottom - 8}) rotate(-90)" font-size="12" fill="#777">${text}, ${at.toFixed(at < 10 ? 1 : 0)} s</text>`
  })
  const decibels = Array.from({ length: Math.floor(high) - Math.ceil(low) + 1 }, (_, i) => Math.ceil(low) + i)
  const ticked = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].filter((moment) => moment >= first && moment <= last)
  const ticks = [
    ...decibels.map((value) => `<text x="${BOX.left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${value}</text><line x1="${BOX.left - 4}" x2="${BOX.left}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}" stroke="#333"/>`),
    ...ticked.map((value) => `<text x="${x(value).toFixed(1)}" y="${HEIGHT - BOX.bottom + 20}" text-anchor="middle">${value}</text><line x1="${x(value).toFixed(1)}" x2="${x(value).toFixed(1)}" y1="${HEIGHT - BOX.bottom}" y2="${HEIGHT - BOX.bottom + 4}" stroke="#333"/>`),
  ]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="13" fill="#333">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/><text x="${BOX.left}" y="22" font-size="15">${title}</text>`,
    `<path d="M${BOX.left} ${BOX.top}V${HEIGHT - BOX.bottom}H${WIDTH - BOX.right}" fill="none" stroke="#333"/>`,
    `<clipPath id="box"><rect x="${BOX.left}" y="${BOX.top}" width="${WIDTH - BOX.left - BOX.right}" height="${HEIGHT - BOX.top - BOX.bottom}"/></clipPath>`,
    ...compared.map(([, psnr]) => rule(psnr)), ...moments, `<g clip-path="url(#box)">`, ...curves, '</g>', ...labels, ...ticks,
    `<text x="${(BOX.left + WIDTH - BOX.right) / 2}" y="${HEIGHT - 12}" text-anchor="middle">seconds since ${since}</text>`,
    `<text transform="translate(18 ${HEIGHT / 2}) rotate(-90)" text-anchor="middle">PSNR on held-out ground, dB</text></svg>`,
  ].join('\n') + '\n'
}
