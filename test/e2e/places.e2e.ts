import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { projectRoot, resourcePath } from '../../src/main/common/project-root'
import { dropFiles } from './dropped-files'
import { writeEnviPair } from './envi-pair'
import { choose, saveTo } from './file-dialogs'
import { launchForTest, type LaunchedApp } from './launched-app'
import { contentOf, lineOf, openLine, patience, wordsOf } from './user-walk'

const waiting = { timeout: patience.timeout }

function temporaryFolder(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'dacn-places-')))
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }) })
  return folder
}

/** A project at `folder` with the ENVI scene `header`, made by hand. */
async function projectWithScene({ electronApp, page }: LaunchedApp, folder: string, header: string): Promise<void> {
  await saveTo(electronApp, folder)
  await page.getByRole('button', { name: 'New project' }).click()
  await page.getByText('From scene to sharper map').waitFor(waiting)
  await dropFiles(page, [header])
  await page.getByRole('dialog').getByRole('button', { name: 'Import 1 scene' }).click(waiting)
  await page.getByRole('dialog').waitFor({ state: 'hidden', ...waiting })
}

describe('files that move', () => {
  it('a project that was moved with its scene is located, and finds the scene by its relative path', async () => {
    const folder = temporaryFolder()
    mkdirSync(join(folder, 'work', 'scenes'), { recursive: true })
    const first = await launchForTest()
    await projectWithScene(first, join(folder, 'work', 'fields project'), writeEnviPair(join(folder, 'work', 'scenes', 'fields')).header)
    await first.electronApp.close()

    renameSync(join(folder, 'work'), join(folder, 'archive'))
    const { electronApp, page, problems } = await launchForTest({ userData: first.userData })
    const missing = page.getByRole('listitem').filter({ hasText: 'fields project' })
    await missing.getByText('Missing').waitFor(waiting)
    await choose(electronApp, [join(folder, 'archive', 'fields project')])
    await missing.getByRole('button', { name: 'Locate…' }).click()
    await openLine(page, 'Scenes', 'fields')
    await contentOf(page).getByRole('button', { name: 'Fine-tune…' }).waitFor(waiting)
    expect(await page.getByText('Choose its new place…').count()).toBe(0)
    expect(problems).toEqual([])
  })

  it('a scene that is missing is linked to its new place; another file is taken only after a question', async () => {
    const folder = temporaryFolder()
    const project = join(folder, 'project')
    const { header, data } = writeEnviPair(join(folder, 'fields'))
    const first = await launchForTest()
    await projectWithScene(first, project, header)
    await first.electronApp.close()

    mkdirSync(join(folder, 'elsewhere'))
    const moved = join(folder, 'elsewhere', 'fields.hdr')
    renameSync(header, moved)
    renameSync(data, join(folder, 'elsewhere', 'fields.img'))
    const { electronApp, page } = await launchForTest({ userData: first.userData, project })
    await openLine(page, 'Scenes', 'fields')
    const relink = contentOf(page).getByRole('button', { name: 'Choose its new place…' })
    await relink.waitFor(waiting)
    // a scene that is not there can be neither learnt from nor upscaled
    expect(await contentOf(page).getByRole('button', { name: 'Fine-tune…' }).isEnabled()).toBe(false)

    await choose(electronApp, [resourcePath('sample-scene', 'dlr-hysu.tif')])
    await relink.click()
    await page.getByText('This is another scene').waitFor(waiting)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await choose(electronApp, [moved])
    await relink.click()
    await relink.waitFor({ state: 'detached', ...waiting })
    await expect.poll(() => contentOf(page).getByRole('button', { name: 'Fine-tune…' }).isEnabled(), patience).toBe(true)
  })
})

it('files that are no scenes are told apart in the import dialog, and do not keep the good one out', async () => {
  const folder = temporaryFolder()
  const app = await launchForTest()
  await saveTo(app.electronApp, join(folder, 'project'))
  await app.page.getByRole('button', { name: 'New project' }).click()
  await app.page.getByText('From scene to sharper map').waitFor(waiting)

  const good = writeEnviPair(join(folder, 'good'))
  const lonely = writeEnviPair(join(folder, 'lonely'))
  rmSync(lonely.data)
  const short = writeEnviPair(join(folder, 'short'))
  writeFileSync(short.data, new Uint8Array(100))
  const text = join(folder, 'notes.tif')
  writeFileSync(text, 'These are notes.\n')
  await dropFiles(app.page, [lonely.header, short.header, text, good.header])
  const dialog = app.page.getByRole('dialog')
  await dialog.getByText('40 × 48 px').waitFor(waiting)
  await expect.poll(() => dialog.getByRole('alert').count(), patience).toBe(3)
  for (const alert of await dialog.getByRole('alert').all()) {
    // what is wrong, and what to do
    expect((await alert.locator('p').allInnerTexts()).filter((words) => words.length > 20)).toHaveLength(2)
    expect(await alert.getByRole('button', { name: 'Copy details' }).count()).toBe(1)
  }
  await expect.poll(() => wordsOf(dialog), patience).toContain('3 files can’t be imported and are left out.')
  await dialog.getByRole('button', { name: 'Import 1 scene' }).click()
  await dialog.waitFor({ state: 'hidden', ...waiting })
  await expect.poll(() => lineOf(app.page, 'Scenes', 'good').count(), patience).toBe(1)
})

describe('two programs', () => {
  it('started a second time with a project, the first one opens it', async () => {
    const folder = temporaryFolder()
    const first = await launchForTest()
    await projectWithScene(first, join(folder, 'one'), writeEnviPair(join(folder, 'fields')).header)
    await saveTo(first.electronApp, join(folder, 'two'))
    const executable = await first.electronApp.evaluate(({ Menu }) => {
      Menu.getApplicationMenu()?.getMenuItemById('new-project')?.click()
      return process.execPath
    })
    await expect.poll(() => first.page.title(), patience).toContain('two')
    const second = spawn(executable, [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), projectRoot, join(folder, 'one'), `--user-data-dir=${first.userData}`], { stdio: 'ignore' })
    expect(await once(second, 'close')).toEqual([0, null])
    await expect.poll(() => first.page.title(), patience).toContain('one')
    await expect.poll(() => lineOf(first.page, 'Scenes', 'fields').count(), patience).toBe(1)
  })

  it('a project that another program has open is refused, with who holds it', async () => {
    const folder = temporaryFolder()
    const project = join(folder, 'shared')
    const first = await launchForTest()
    await projectWithScene(first, project, writeEnviPair(join(folder, 'fields')).header)

    const { electronApp, page } = await launchForTest()
    await choose(electronApp, [project])
    await page.getByRole('button', { name: 'Open project' }).click()
    const refusal = page.locator('.n-notification').filter({ hasText: 'the project is open by' })
    await refusal.waitFor(waiting)
    const pid = await first.electronApp.evaluate(() => process.pid)
    expect(await wordsOf(refusal)).toContain(`process ${pid}`)
    expect(await wordsOf(refusal)).toContain('Close the project there first.')
    await expect.poll(() => page.getByRole('button', { name: 'Open project' }).count(), patience).toBe(1)
    // once it is closed there, it opens here
    await first.electronApp.close()
    await page.getByRole('button', { name: 'Open project' }).click()
    await page.getByText('From scene to sharper map').waitFor(waiting)
  })
})
