import type { AppDescription, EventName, Events } from '../../preload/contract'

export interface FileFilter {
  /** e.g. 'Scenes'. */
  name: string
  /** Without the dot; '*' = all. */
  extensions: string[]
}

/** Questions to the user about files. All resolve with null when the user cancels. */
export interface Dialogs {
  /** Existing files, absolute paths. */
  chooseFiles(question: { title: string; filters: FileFilter[]; several: boolean }): Promise<string[] | null>
  /** A folder, which the user may make in the dialog. */
  chooseFolder(question: { title: string; button: string; startAt?: string }): Promise<string | null>
  /** A file to write; the dialog has asked whether an existing one may be replaced. `suggested` is an absolute path. */
  chooseSavePath(question: { title: string; suggested: string; filters: FileFilter[] }): Promise<string | null>
}

/** What the application needs from the desktop that it runs on. Electron gives it; tests bring their own. */
export interface Platform {
  dialogs: Dialogs
  folders: {
    /** The user's settings, recent projects and what was measured on this machine. */
    config: string
    /** Where new projects are proposed. */
    documents: string
  }
  logFile: string
  versions: Pick<AppDescription, 'electron' | 'chromium' | 'electronSource'>
  /** Shows the file in the system's file browser. */
  showInFolder(path: string): void
  /** Moves a file or folder to the system's trash. Rejects when that fails. */
  trash(path: string): Promise<void>
  copyText(text: string): void
  /** Opens a file with the program that the system has for it. Rejects when there is none. */
  openPath(path: string): Promise<void>
  /** To the window, if one is open. */
  emit<K extends EventName>(name: K, event: Events[K]): void
  /** A line for the log file: what failed in the background. */
  log(message: string): void
}
