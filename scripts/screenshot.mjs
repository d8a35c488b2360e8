// `node scripts/screenshot.mjs --out FILE.png [--width 1440 --height 900] [--theme dark|light] [--project FOLDER] [--eval STEPS.mjs]`:
// opens the built application (on a screen in memory where there is no other) and takes a picture of its page.
// STEPS.mjs exports `default async ({ page, electronApp, shot }) => {}`: steps of Playwright before the picture;
// `shot(name)` takes further ones, as FILE-name.png. What the page reports as an error is printed, and is exit status 1.
import { mkdirSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { launchApp } from './app/launch-app.mjs'

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    width: { type: 'string', default: '1440' },
    height: { type: 'string', default: '900' },
    theme: { type: 'string', default: 'light' },
    project: { type: 'string' },
    eval: { type: 'string' },
  },
})
if (values.out === undefined) throw new Error('Name the picture: --out FILE.png')
const out = resolve(values.out)
mkdirSync(dirname(out), { recursive: true })

const { electronApp, page, problems, close } = await launchApp({
  theme: values.theme === 'dark' ? 'dark' : 'light',
  width: Number(values.width),
  height: Number(values.height),
  ...(values.project === undefined ? {} : { project: resolve(values.project) }),
})
try {
  const shot = async (name) => {
    // transitions and fonts settle
    await page.waitForTimeout(400)
    const path = name === undefined ? out : out.replace(/(\.png)?$/, `-${name}.png`)
    await page.screenshot({ path })
    console.log(path)
  }
  await page.waitForTimeout(600)
  if (values.eval !== undefined) await (await import(pathToFileURL(resolve(values.eval)).href)).default({ page, electronApp, shot })
  await shot()
} finally {
  for (const problem of problems) console.error(`page: ${problem}`)
  process.exitCode = problems.length === 0 ? 0 : 1
  await close()
}
