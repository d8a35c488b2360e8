import { join } from 'node:path'
import { app, nativeTheme, session, type BrowserWindow } from 'electron'
import { createApplication, type Application } from '../ipc/application'
import { serveAppScheme } from './app-scheme'
import { followProject, setApplicationMenu } from './application-menu'
import { BackgroundTray } from './background-tray'
import { electronPlatform } from './electron-platform'
import { showFailure } from './failure-box'
import { routeRequests } from './ipc-router'
import { JobNotifications } from './job-notifications'
import { Leaving } from './leaving'
import type { LogFile } from './log-file'
import { openMainWindow } from './main-window'
import { watchPage } from './page-failures'
import { PixelPorts } from './pixel-ports'
import { StayAwake } from './stay-awake'
import { UtilityProcessHost } from './utility-process-host'
import { WindowEvents } from './window-events'
import { denyPermissions } from './window-guards'
import { saveWindowState } from './window-state'

/** The application with its window and what is around that: menu, notifications, the icon in the background, the way out. */
export class Desktop {
  private window: BrowserWindow | null = null
  private readonly events = new WindowEvents(() => this.window)
  private readonly pixels = new PixelPorts()
  private readonly tray = new BackgroundTray(() => { this.show() })
  private readonly stateFile: string
  private application: Application | null = null

  constructor(private readonly configFolder: string, private readonly log: LogFile) {
    this.stateFile = join(configFolder, 'window.json')
  }

  /** To be called once, when Electron is ready. Rejects when the application can't be made. */
  async open(): Promise<void> {
    serveAppScheme()
    denyPermissions(session.defaultSession)
    const platform = electronPlatform(this.configFolder, this.log, this.events, () => this.visibleWindow())
    const application = await createApplication(platform, new UtilityProcessHost(), this.pixels.scenes)
    this.application = application
    this.followEvents(application)
    routeRequests(application.handlers, this.log)
    setApplicationMenu({
      command: (command) => { this.events.emit('menu.command', command) },
      openLog: () => { platform.openPath(this.log.path).catch((error: unknown) => { this.report(error) }) },
    })
    const leaving = new Leaving(application, {
      window: () => this.visibleWindow(),
      hide: () => { this.hide() },
      show: () => { this.show() },
      finish: () => this.finish(),
      reportFailure: (error) => { this.report(error) },
    })
    const window = openMainWindow(this.stateFile)
    this.window = window
    watchPage(window, this.log)
    leaving.watch(window)
    this.pixels.serve(window)
  }

  /** Brings the window to the front, from wherever it is. */
  show(): void {
    if (this.window === null) return
    if (this.window.isMinimized()) this.window.restore()
    this.window.show()
    this.window.focus()
    this.tray.disappear()
  }

  /** Opens the project in `folder`; a failure is shown. */
  openProject(folder: string): void {
    this.application?.openProject(folder).catch((error: unknown) => { this.report(error) })
  }

  private followEvents(application: Application): void {
    const notifications = new JobNotifications(() => this.window?.isFocused() === true, () => { this.show() })
    const awake = new StayAwake()
    nativeTheme.themeSource = application.settings.theme
    this.events.follow('settings.changed', ({ theme }) => { nativeTheme.themeSource = theme })
    this.events.follow('project.changed', followProject)
    this.events.follow('jobs.changed', (jobs) => {
      notifications.follow(jobs)
      awake.follow(jobs)
    })
  }

  private hide(): void {
    this.window?.hide()
    if (process.platform !== 'darwin') this.tray.appear()
  }

  private visibleWindow(): BrowserWindow | null {
    return this.window?.isVisible() === true ? this.window : null
  }

  private async finish(): Promise<void> {
    if (this.window !== null) {
      await saveWindowState(this.stateFile, this.window).catch((error: unknown) => { this.log.write('warning', `The window's place is not kept: ${String(error)}`) })
    }
    this.pixels.scenes.end()
    this.tray.disappear()
    this.log.write('info', `${app.getName()} ends`)
  }

  private report(error: unknown): void {
    showFailure(error, this.visibleWindow(), this.log)
  }
}
