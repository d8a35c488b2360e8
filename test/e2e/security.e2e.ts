import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { projectRoot } from '../../src/main/common/project-root'
import { launchApp, type LaunchedApp } from './launched-app'

// Electron's security checklist (its tutorial 'Security'), point by point, against the running application. Points that
// have no counterpart here: allowpopups and remote content (there is no webview and nothing remote), fuses (packaging).

declare global {
  /** The bridge as a hostile page would use it: without its types. */
  interface Window { dacn: { invoke: (name: string, payload: unknown) => Promise<unknown> } }
}

let app: LaunchedApp
beforeAll(async () => { app = await launchApp() })
afterAll(() => app.close())

describe('the page has no more power than it needs', () => {
  it('runs isolated and sandboxed, with web security, without Node and experiments (2, 3, 4, 6, 8, 9, 10)', async () => {
    const preferences = await app.electronApp.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences(): Record<string, unknown> } | undefined
      return contents?.getLastWebPreferences()
    })
    expect(preferences).toMatchObject({ contextIsolation: true, sandbox: true, nodeIntegration: false, webSecurity: true })
    for (const name of ['nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'allowRunningInsecureContent', 'experimentalFeatures', 'webviewTag']) expect(preferences?.[name] ?? false, name).toBe(false)
    expect(preferences?.enableBlinkFeatures ?? '').toBe('')
  })

  it('knows nothing of Node and Electron but the bridge (2, 20)', async () => {
    const found = await app.page.evaluate(() => ['require', 'process', 'Buffer', 'module', 'global', 'ipcRenderer', 'electron'].filter((name) => name in window))
    expect(found).toEqual([])
    expect(await app.page.evaluate(() => Object.keys(window.dacn).sort())).toEqual(['invoke', 'pathOfFile', 'subscribe'])
  })

  it('is granted no permission (5)', async () => {
    const answers = await app.page.evaluate(async () => ({
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', (error: Error) => error.name),
      notification: await Notification.requestPermission(),
      place: await new Promise((resolve) => { navigator.geolocation.getCurrentPosition(() => { resolve('granted') }, (error) => { resolve(error.code) }) }),
      clipboard: await navigator.clipboard.readText().then(() => 'granted', (error: Error) => error.name),
    }))
    expect(answers).toEqual({ camera: expect.stringMatching(/NotAllowedError|NotFoundError/) as string, notification: 'denied', place: 1, clipboard: 'NotAllowedError' })
  })
})

describe('the content policy is in force (7)', () => {
  it('comes with the page, for scripts its own files only', async () => {
    const policy = await app.page.evaluate(async () => (await fetch(location.href)).headers.get('content-security-policy'))
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self';")
  })

  it('blocks evaluated code', async () => {
    // a timer: the debugger may evaluate while its own call runs
    const outcome = await app.page.evaluate('new Promise((tell) => setTimeout(() => { try { tell(eval("1")) } catch (error) { tell(error.name) } }))')
    expect(outcome).toBe('EvalError')
  })

  it('blocks scripts in the page, frames, and all that is remote (1)', async () => {
    const blocked = await app.page.evaluate(async () => {
      const violations: string[] = []
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => { violations.push(effectiveDirective) })
      const script = document.createElement('script')
      script.textContent = 'window.inlineRan = true'
      const remote = document.createElement('script')
      remote.src = 'https://example.org/script.js'
      const frame = document.createElement('iframe')
      frame.src = 'https://example.org/'
      const image = document.createElement('img')
      image.src = 'https://example.org/picture.png'
      document.body.append(script, remote, frame, image)
      const fetched = await Promise.all(['https://example.org/', 'file:///etc/passwd', 'app://other/index.html'].map((url) => fetch(url).then(() => 'fetched', () => 'refused')))
      await new Promise((resolve) => setTimeout(resolve, 200))
      for (const element of [script, remote, frame, image]) element.remove()
      return { violations: [...new Set(violations)].sort(), fetched, ran: 'inlineRan' in window }
    })
    expect(blocked).toEqual({ violations: ['connect-src', 'frame-src', 'img-src', 'script-src-elem'], fetched: ['refused', 'refused', 'refused'], ran: false })
  })
})

describe('the page stays what it is', () => {
  const places = (): Promise<{ url: string; windows: number }> => app.electronApp.evaluate(({ BrowserWindow }) => ({ url: BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '', windows: BrowserWindow.getAllWindows().length }))

  it.each(['https://example.org/', 'file:///etc/passwd', 'app://dacn/../../package.json', 'javascript:document.title="x"', 'data:text/html,x'])('navigates nowhere: %s (13)', async (url) => {
    await app.page.evaluate((target) => {
      const link = document.createElement('a')
      link.href = target
      document.body.append(link)
      link.click()
      link.remove()
    }, url)
    await app.page.waitForTimeout(150)
    expect(await places()).toEqual({ url: 'app://dacn/index.html', windows: 1 })
  })

  it('opens no window and embeds no other page (11, 12, 14)', async () => {
    expect(await app.page.evaluate(() => window.open('https://example.org/') === null && window.open('app://dacn/index.html') === null)).toBe(true)
    await app.page.evaluate(() => {
      const view = document.createElement('webview')
      view.setAttribute('src', 'https://example.org/')
      document.body.append(view)
    })
    await app.page.waitForTimeout(150)
    expect(await app.electronApp.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1)
    expect((await places()).windows).toBe(1)
  })

  it('hands no address to the system: nothing in the program does (15)', () => {
    expect(readFileSync(join(projectRoot, 'out', 'main', 'index.cjs'), 'utf8')).not.toContain('openExternal')
  })

  it.each([
    'app://dacn/../../package.json', 'app://dacn/%2e%2e/%2e%2e/package.json', 'app://dacn/..%2f..%2fpackage.json', 'app://dacn/..%5c..%5cpackage.json',
    'app://dacn//etc/passwd', 'app://dacn/assets/', 'app://dacn/',
  ])('is served its own files only: %s (18)', async (url) => {
    expect(await app.page.evaluate((target) => fetch(target).then(({ status }) => status), url)).toBe(404)
  })

  it('has its own files with their types, to read only', async () => {
    const answer = await app.page.evaluate(async () => {
      const script = document.querySelector('script')?.src ?? ''
      const got = await fetch(script)
      return { type: got.headers.get('content-type'), sniff: got.headers.get('x-content-type-options'), post: await fetch(script, { method: 'POST' }).then(({ status }) => status, () => 404) }
    })
    expect(answer).toEqual({ type: 'text/javascript; charset=utf-8', sniff: 'nosniff', post: 404 })
  })
})

describe('requests (17)', () => {
  it('are those of the contract', async () => {
    const outcome = await app.page.evaluate(() => Promise.all(['no.such.request', '__proto__', 'toString'].map(async (name) => {
      try {
        await window.dacn.invoke(name, null)
        return 'answered'
      } catch (error) {
        return (error as Error).message
      }
    })))
    expect(outcome).toEqual(['There is no request no.such.request.', 'There is no request __proto__.', 'There is no request toString.'])
  })

  it.each([
    ['settings.change', { theme: 'pink' }],
    ['settings.change', { theme: 'dark', extra: 1 }],
    ['app.copyText', { text: 7 }],
    ['project.openRecent', { id: '../../etc' }],
    ['import.inspect', { paths: ['a\0b'] }],
    ['scene.remove', null],
    ['app.describe', { anything: true }],
  ] as const)('with a wrong payload are refused in words: %s', async (name, payload) => {
    const reply = await app.page.evaluate(([request, value]) => window.dacn.invoke(request, value), [name, payload] as const)
    expect(reply).toMatchObject({ ok: false, error: { tag: 'invalid-argument', message: expect.stringContaining(name) as string, remedy: expect.any(String) as string } })
  })

  it('are answered to the page only, not to another that has the bridge', async () => {
    const reply = await app.electronApp.evaluate(async ({ app: main, BrowserWindow }) => {
      const window = new BrowserWindow({ show: false, webPreferences: { preload: `${main.getAppPath()}/out/preload/index.cjs`, sandbox: true } })
      await window.loadURL('data:text/html,<p>x</p>')
      const answer: unknown = await window.webContents.executeJavaScript('window.dacn.invoke("settings.read", null)')
      window.destroy()
      return answer
    })
    expect(reply).toMatchObject({ ok: false, error: { tag: 'invalid-argument', message: expect.stringContaining('app://dacn/index.html') as string } })
  })
})
