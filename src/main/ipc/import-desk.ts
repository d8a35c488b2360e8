import { randomUUID } from 'node:crypto'
import { isAbsolute } from 'node:path'
import type { ImportCandidate } from '../../preload/contract'
import { StudioError, toStudioError } from '../common/errors'
import type { Project } from '../project/project'
import type { SceneRecord } from '../project/project-file'
import { newId } from '../project/project-layout'
import type { SceneFacts, SceneRepairs } from '../scenes/scene-facts'
import type { SceneQuestions } from './scene-questions'

interface Candidate {
  handle: string
  path: string
  /** null = the only or largest cube of the file. */
  variable: string | null
  variables: string[]
  facts: SceneFacts | null
  fingerprint: string | null
  error: StudioError | null
}

/** Files that were chosen, dropped or pasted and wait to be accepted, each as layer `candidate:HANDLE` in the scene process. */
export class ImportDesk {
  private readonly candidates = new Map<string, Candidate>()

  constructor(private readonly project: Project, private readonly scenes: SceneQuestions) {}

  /** One candidate a scene: both files of a pair make one. A file that can't be taken says so in its own `error`. */
  async inspect(paths: readonly string[]): Promise<ImportCandidate[]> {
    const found: Candidate[] = []
    const files = new Set<string>()
    for (const path of paths) {
      const candidate = await this.look(path)
      const body = candidate.facts?.files[0]
      if (body !== undefined && files.has(body)) {
        await this.dismiss(candidate.handle)
        continue
      }
      if (body !== undefined) files.add(body)
      found.push(candidate)
    }
    return found.map((candidate) => this.view(candidate))
  }

  async chooseVariable(handle: string, variable: string): Promise<ImportCandidate> {
    const candidate = this.get(handle)
    if (!candidate.variables.includes(variable)) {
      throw new StudioError('invalid-argument', `${candidate.path}: there is no cube "${variable}" in this file.`, { file: candidate.path, remedy: `Choose one of ${candidate.variables.join(', ')}.` })
    }
    candidate.variable = variable
    await this.open(candidate, {})
    return this.view(candidate)
  }

  /** The candidate with other repairs; a repair that does not fit the scene is refused and changes nothing. */
  async repair(handle: string, repairs: SceneRepairs): Promise<ImportCandidate> {
    const candidate = this.get(handle)
    const earlier = { ...candidate }
    await this.open(candidate, repairs)
    const { error } = candidate
    if (error === null) return this.view(candidate)
    Object.assign(candidate, earlier)
    throw error
  }

  /** Adds the candidate to the project. Throws 'invalid-argument' for one that can't be read. */
  async accept(handle: string, name: string, repairs: SceneRepairs): Promise<SceneRecord> {
    const candidate = this.get(handle)
    await this.open(candidate, repairs)
    const { path, variable, fingerprint, error } = candidate
    if (fingerprint === null) throw error ?? new StudioError('invalid-argument', `${path}: this file can't be read.`, { file: path, remedy: 'Choose another file.' })
    const scene = this.project.content.scenes.add({
      id: newId('scene'), name, ...this.project.paths.store(path), variable, fingerprint, repairs, addedUtc: new Date().toISOString(),
    })
    await this.dismiss(handle)
    return scene
  }

  async dismiss(handle: string): Promise<void> {
    this.get(handle)
    this.candidates.delete(handle)
    await this.scenes.close(layerOf(handle))
  }

  /** Withdraws all layers. */
  async close(): Promise<void> {
    await Promise.all([...this.candidates.keys()].map((handle) => this.dismiss(handle)))
  }

  private async look(path: string): Promise<Candidate> {
    const candidate: Candidate = { handle: randomUUID(), path, variable: null, variables: [], facts: null, fingerprint: null, error: null }
    this.candidates.set(candidate.handle, candidate)
    if (!isAbsolute(path)) {
      candidate.error = new StudioError('invalid-argument', `${path}: this is not a whole path.`, { file: path, remedy: 'Paste the path from its beginning, or choose the file.' })
      return candidate
    }
    try {
      candidate.variables = (await this.scenes.inspect({ path, variable: null, repairs: {} })).variables
      await this.open(candidate, {})
    } catch (error) {
      // the scene process itself failed: this file goes without, the others have their turn
      candidate.error = toStudioError(error, path)
    }
    return candidate
  }

  private async open(candidate: Candidate, repairs: SceneRepairs): Promise<void> {
    const { handle, path, variable } = candidate
    try {
      const { facts, fingerprint } = await this.scenes.open(layerOf(handle), { path, variable, repairs, workingCopy: null })
      Object.assign(candidate, { facts, fingerprint, error: null })
    } catch (error) {
      Object.assign(candidate, { facts: null, fingerprint: null, error: toStudioError(error, path) })
    }
  }

  private view({ handle, path, facts, error, variables, fingerprint, variable }: Candidate): ImportCandidate {
    const same = this.project.content.scenes.all.find((scene) => scene.fingerprint === fingerprint && scene.variable === variable)
    return { handle, path, facts, error: error?.toJSON() ?? null, variables, duplicateOf: same?.name ?? null }
  }

  private get(handle: string): Candidate {
    const candidate = this.candidates.get(handle)
    if (candidate === undefined) throw new StudioError('not-found', 'This file is not waiting to be imported any more.', { remedy: 'Choose it again.' })
    return candidate
  }
}

function layerOf(handle: string): string {
  return `candidate:${handle}`
}
