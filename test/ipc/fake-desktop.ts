import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { StudioError } from '../../src/main/common/errors'
import { createApplication, type Application } from '../../src/main/ipc/application'
import type { Platform } from '../../src/main/ipc/platform'
import type { SceneQuestions } from '../../src/main/ipc/scene-questions'
import type { JobHost } from '../../src/main/jobs/job-host'
import { packModel, unpackModel } from '../../src/main/model/model-package'
import { inspectScene } from '../../src/main/scenes/inspect-scene'
import { LayerSet } from '../../src/main/scenes/layer-set'
import { fingerprintScene } from '../../src/main/scenes/open-scene'
import { forecastGround } from '../../src/main/workers/forecast-ground'
import type { EventName, Events } from '../../src/preload/contract'
import { temporaryFolder, writeScene } from '../scenes/scene-files'
import { HandHost } from './hand-host'

/** A desktop whose dialogs answer as the test has laid down, and that remembers what it was asked. */
export class FakeDesktop implements Platform {
  readonly answers: (string[] | string | null)[] = []
  readonly questions: { title: string; suggested?: string }[] = []
  readonly events: { [K in EventName]: [K, Events[K]] }[EventName][] = []
  readonly shown: string[] = []
  readonly trashed: string[] = []
  readonly logged: string[] = []
  copied = ''
  readonly logFile: string
  readonly folders: Platform['folders']
  readonly versions = { electron: '25', chromium: '114', electronSource: 'test' }

  constructor(readonly root: string) {
    this.folders = { config: join(root, 'config'), documents: join(root, 'documents') }
    this.logFile = join(root, 'main.log')
  }

  readonly dialogs: Platform['dialogs'] = {
    chooseFiles: (question) => this.answer(question) as Promise<string[] | null>,
    chooseFolder: (question) => this.answer(question) as Promise<string | null>,
    chooseSavePath: (question) => this.answer(question) as Promise<string | null>,
  }

  showInFolder(path: string): void {
    this.shown.push(path)
  }

  async trash(path: string): Promise<void> {
    this.trashed.push(path)
    await rm(path, { recursive: true })
  }

  copyText(text: string): void {
    this.copied = text
  }

  openPath(path: string): Promise<void> {
    return Promise.reject(new StudioError('io', `${path}: no program for it`))
  }

  emit<K extends EventName>(name: K, event: Events[K]): void {
    this.events.push([name, event] as { [N in EventName]: [N, Events[N]] }[EventName])
  }

  log(message: string): void {
    this.logged.push(message)
  }

  /** All events of one name so far. */
  heard<K extends EventName>(name: K): Events[K][] {
    return this.events.flatMap(([kind, event]) => (kind === name ? [event as Events[K]] : []))
  }

  private answer(question: { title: string; suggested?: string }): Promise<string[] | string | null> {
    this.questions.push(question)
    const answer = this.answers.shift()
    if (answer === undefined) throw new Error(`nobody said what to answer to "${question.title}"`)
    return Promise.resolve(answer)
  }
}

/** The scene process's work, in this process. */
export function ownScenes(layers = new LayerSet()): SceneQuestions {
  return {
    open: (layer, source) => layers.open(layer, source),
    derive: (layer, source) => layers.derive(layer, source),
    close: (layer) => layers.close(layer),
    inspect: inspectScene,
    fingerprint: (path, variable) => fingerprintScene({ path, variable }),
    forecast: (request) => forecastGround(layers, request),
    pack: packModel,
    unpack: async (file, folder) => { await unpackModel(file, folder) },
  }
}

export interface Started<H extends JobHost> {
  app: Application
  desktop: FakeDesktop
  host: H
  /** The application as after a new start; close the first before. */
  again: () => Promise<Application>
}

/** An application on a desktop of its own, which is closed and removed with the test. */
export async function startApplication(): Promise<Started<HandHost>> {
  return startWith(new HandHost(), ownScenes(), await temporaryFolder())
}

export async function startWith<H extends JobHost>(host: H, scenes: SceneQuestions, root: string): Promise<Started<H>> {
  const desktop = new FakeDesktop(root)
  await mkdir(desktop.folders.documents, { recursive: true })
  const apps: Application[] = []
  const again = async (): Promise<Application> => {
    const app = await createApplication(desktop, host, scenes)
    apps.push(app)
    return app
  }
  onTestFinished(async () => { for (const app of apps) await app.close() })
  return { app: await again(), desktop, host, again }
}

/** Makes and opens an empty project; its folder. */
export async function newProject({ app, desktop }: Pick<Started<JobHost>, 'app' | 'desktop'>, name = 'Harbour'): Promise<string> {
  desktop.answers.push(join(desktop.folders.documents, name))
  const view = await app.handlers['project.create'](null)
  if (view === null) throw new Error('no project was made')
  return view.folder
}

/** Takes a file into the project; the scene's id. */
export async function importScene(app: Application, path: string, name = 'jasper'): Promise<string> {
  const [candidate] = await app.handlers['import.inspect']({ paths: [path] })
  if (candidate?.facts == null) throw new Error(candidate?.error?.message ?? 'nothing to import')
  return (await app.handlers['import.accept']({ handle: candidate.handle, name, repairs: {} })).sceneId
}

export interface WithScene extends Started<HandHost> {
  folder: string
  /** The scene's file. */
  scene: string
  sceneId: string
}

/** An application with a new project that holds one scene, 'jasper', of 20 x 30 pixels and 4 bands. */
export async function withScene(scenes = ownScenes()): Promise<WithScene> {
  const started = await startWith(new HandHost(), scenes, await temporaryFolder())
  const folder = await newProject(started)
  const scene = await writeScene(join(started.desktop.root, 'a.tif'), { rows: 20, cols: 30, bands: 4 })
  const sceneId = await importScene(started.app, scene)
  return { ...started, folder, scene, sceneId }
}
