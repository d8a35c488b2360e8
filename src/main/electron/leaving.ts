import { app, powerMonitor, type BrowserWindow } from 'electron'
import type { Application } from '../ipc/application'
import { askAboutJobs, askWhetherToQuitNow } from './close-question'
import { text } from './text'

export interface Surroundings {
  /** The window while it can be seen. */
  window(): BrowserWindow | null
  /** Hides the window; the program goes on. */
  hide(): void
  show(): void
  /** Last things before the program ends. */
  finish(): Promise<void>
  reportFailure(error: unknown): void
}

/**
 * The way out of the program: closing the window or quitting asks what becomes of running jobs, ends them as wanted, and
 * has everything written before the program ends.
 */
export class Leaving {
  private state: 'staying' | 'asking' | 'ending' | 'left' = 'staying'
  private ended: Promise<void> | null = null

  constructor(private readonly application: Application, private readonly surroundings: Surroundings) {
    app.on('before-quit', (event) => {
      if (this.state === 'left') return
      event.preventDefault()
      void this.leave('quit')
    })
    // when the system shuts down there is no time for questions: jobs can be continued
    powerMonitor.on('shutdown', () => { void this.end() })
  }

  /** To be called for each new window. */
  watch(window: BrowserWindow): void {
    window.on('session-end', () => { void this.end() })
    window.on('close', (event) => {
      if (this.state === 'left') return
      event.preventDefault()
      // closing the window does not end a program on a Mac
      if (process.platform === 'darwin' && this.application.runningJobs().length === 0) this.surroundings.hide()
      else void this.leave('close')
    })
  }

  private async leave(wish: 'close' | 'quit'): Promise<void> {
    if (this.state === 'asking' || this.state === 'left') return
    const { application, surroundings } = this
    if (this.state === 'ending') {
      if (await askWhetherToQuitNow(surroundings.window())) await this.end()
      return
    }
    this.state = 'asking'
    try {
      const how = await this.decide(wish)
      this.state = 'staying'
      if (how === null) return
      if (how === 'background') {
        surroundings.hide()
        return
      }
      this.state = 'ending'
      surroundings.window()?.setTitle(text.closing.ending)
      if (how !== 'nothing') await application.endJobs(how)
      await this.end()
    } catch (error) {
      // a disk that refuses to save: the window stays, so that nothing is lost
      this.state = 'staying'
      this.ended = null
      surroundings.show()
      surroundings.window()?.setTitle(text.product)
      surroundings.reportFailure(error)
    }
  }

  /** What becomes of the jobs; 'nothing' = there are none, null = stay. */
  private async decide(wish: 'close' | 'quit'): Promise<'background' | 'stop' | 'cancel' | 'nothing' | null> {
    const { application, surroundings } = this
    const jobs = application.runningJobs().length
    if (jobs === 0) return 'nothing'
    const { onClose } = application.settings
    // who quits does not mean to keep it running
    if (onClose !== 'ask' && !(wish === 'quit' && onClose === 'background')) return onClose
    const { choice, always } = await askAboutJobs(surroundings.window(), jobs)
    if (choice !== null && always) await application.handlers['settings.change']({ onClose: choice })
    return choice
  }

  private end(): Promise<void> {
    return (this.ended ??= this.finish())
  }

  private async finish(): Promise<void> {
    await this.application.close()
    await this.surroundings.finish()
    this.state = 'left'
    app.quit()
  }
}
