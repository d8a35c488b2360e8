// `npm run trials -- [--scenes FOLDER] [--scale 2] [--minutes 5] [--only NAME] [--out FOLDER]`: fine-tunes on the upper
// rows of each shared scene, upscales the degraded lower rows and compares with the truth: all through the command line,
// as a user would. Every finished scene is kept in the output folder, so an interrupted series goes on where it was.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const root = fileURLToPath(new URL('..', import.meta.url))
const SCENES = {
  'san-diego': 'san-diego/sandiego_plane.hdr',
  'jasper-ridge': 'jasper-ridge/jasperRidge2_R198.hdr',
  'dlr-hysu': 'dlr-hysu/DLR_HySU_HS_full.tif',
  'pavia-university': 'pavia-university/UPavia_Subset.hdr',
  'santa-barbara': 'santa-barbara/santa_barbara.hdr',
  'texas-coast': 'texas-coast/texas-coast.hdr',
}
/** Share of the rows to train on; a guard of eight rows before the test rows is used for neither. */
const TRAINING_SHARE = 0.58
const GUARD_ROWS = 8

const { values } = parseArgs({
  options: {
    scenes: { type: 'string', default: join(root, '..', 'shared', 'data') },
    scale: { type: 'string', default: '2' },
    minutes: { type: 'string', default: '5' },
    base: { type: 'string' },
    only: { type: 'string' },
    out: { type: 'string', default: join(root, 'bench-results', 'trials') },
  },
})
const scale = Number(values.scale)

function dacn(...words) {
  const text = execFileSync(process.execPath, [join(root, 'scripts', 'dacn.mjs'), ...words.map(String), '--json'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 })
  const lines = text.trim().split('\n').map((line) => JSON.parse(line))
  return lines[lines.length - 1]
}

function trial(name) {
  const folder = join(values.out, `${name}-${scale}x`)
  const kept = join(folder, 'result.json')
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'))
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const scene = join(values.scenes, SCENES[name])
  const { rows, cols } = dacn('info', scene)
  const trained = Math.floor((rows * TRAINING_SHARE) / 8) * 8
  const first = trained + GUARD_ROWS
  const tested = Math.floor((rows - first) / scale) * scale
  const width = Math.floor(cols / scale) * scale
  const file = (part) => join(folder, `${part}.tif`)
  dacn('convert', scene, file('train'), '--window', `0,0,${trained},${cols}`)
  dacn('convert', scene, file('truth'), '--window', `${first},0,${tested},${width}`)
  const base = values.base === undefined ? [] : ['--base', values.base]
  const training = dacn('train', file('train'), '--scale', scale, '--minutes', values.minutes, '--out', join(folder, 'model'), ...base)
  dacn('degrade', file('truth'), file('low'), '--scale', scale)
  dacn('upscale', file('low'), file('estimate'), '--model', join(folder, 'model'))
  const report = dacn('evaluate', '--reference', file('truth'), '--estimate', file('estimate'), '--low-res', file('low'), '--scale', scale)
  const result = { name, testRows: tested, training, report }
  writeFileSync(kept, JSON.stringify(result, null, 2))
  return result
}

const shown = (number, digits) => (number === null ? '-' : number.toFixed(digits))
const lines = ['| scene | test pixels | PSNR dB: bicubic | back-projection | DACN | gain over back-projection | SAM deg: bicubic | back-projection | DACN | change | in use | seconds |', '|---|---|---|---|---|---|---|---|---|---|---|---|']
const gains = []
for (const name of Object.keys(SCENES)) {
  if (values.only !== undefined && values.only !== name) continue
  if (!existsSync(join(values.scenes, SCENES[name]))) {
    console.log(`${name}: skipped, not in ${values.scenes}`)
    continue
  }
  const { testRows, training, report } = trial(name)
  const [ours, bicubic, projected] = ['estimate', 'bicubic', 'back-projection'].map((method) => report.rows.find((row) => row.name === method).quality)
  const gain = ours.psnr - projected.psnr
  const angle = 100 * (ours.samDegrees / projected.samDegrees - 1)
  gains.push([gain, angle])
  lines.push(`| ${name} (${testRows} rows) | ${report.validPixels} | ${shown(bicubic.psnr, 2)} | ${shown(projected.psnr, 2)} | ${shown(ours.psnr, 2)} | ${gain >= 0 ? '+' : ''}${shown(gain, 2)} | ${shown(bicubic.samDegrees, 3)} | ${shown(projected.samDegrees, 3)} | ${shown(ours.samDegrees, 3)} | ${angle >= 0 ? '+' : ''}${shown(angle, 1)} % | ${training.verdict?.adopted ?? '-'} | ${shown(training.seconds, 0)} |`)
  console.log(lines[lines.length - 1])
}
const mean = (index) => gains.reduce((sum, pair) => sum + pair[index], 0) / gains.length
lines.push(`| mean | | | | | ${shown(mean(0), 2)} | | | | ${shown(mean(1), 1)} % | | |`)
mkdirSync(values.out, { recursive: true })
writeFileSync(join(values.out, `table-${scale}x.md`), lines.join('\n') + '\n')
console.log(lines.join('\n'))
