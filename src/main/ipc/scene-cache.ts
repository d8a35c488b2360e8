import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFileAtomic } from '../common/atomic-file'
import { StudioError, toStudioError } from '../common/errors'
import { folderSize } from '../common/folder-size'
import { SAMPLE_TYPES } from '../cube/sample-type'
import type { PrepareSpec } from '../jobs/job-spec'
import type { Project } from '../project/project'
import type { SceneRecord } from '../project/project-file'
import type { SceneFacts } from '../scenes/scene-facts'
import { freeDiskBytes } from './free-disk'

/** What is to be made for a scene: all but the job's kind. */
export type Preparation = Omit<PrepareSpec, 'kind'>

export interface SceneCacheSurroundings {
  /** As the settings say at the moment; null = inside the project. */
  cacheFolder(): string | null
  /** Runs the job and resolves when its file is there. */
  prepare(scene: SceneRecord, preparation: Preparation): Promise<void>
}

const FILES = { copy: 'copy.img', overviews: 'overviews.tif' } as const
const MARKS = { copy: 'copy.json', overviews: 'overviews.json' } as const
type Form = keyof typeof FILES
/** Of a scene's bytes: a quarter, a sixteenth and so on, and what tiles hold beyond the edge. */
const OVERVIEW_SHARE = 0.36

/** Files that make the scenes of a project quick to look at: working copies and overviews, each with a mark that says of what it was made. */
export class SceneCache {
  constructor(private readonly project: Project, private readonly surroundings: SceneCacheSurroundings) {}

  /** Path of a file if there is a whole one of this very scene. */
  async find(scene: SceneRecord, form: Form): Promise<string | null> {
    const folder = this.folder(scene)
    const mark = await readFile(join(folder, MARKS[form]), 'utf8').catch(() => null)
    return mark === markOf(scene, form) && existsSync(join(folder, FILES[form])) ? join(folder, FILES[form]) : null
  }

  /** Makes the working copy of the scene at `path`. Rejects as the job, and with 'too-large' when it would take more than half of what is free on the disk. */
  async makeCopy(scene: SceneRecord, path: string, facts: SceneFacts): Promise<void> {
    await this.make(scene, 'copy', pixelBytes(facts), sourceOf(scene, path))
  }

  /** Makes the overviews of the scene at `path`, out of its working copy where there is one. Rejects as `makeCopy`. */
  async makeOverviews(scene: SceneRecord, path: string, facts: SceneFacts): Promise<void> {
    const copy = await this.find(scene, 'copy')
    await this.make(scene, 'overviews', pixelBytes(facts) * OVERVIEW_SHARE, {
      ...(copy === null ? sourceOf(scene, path) : { scene: copy }),
      // NaN and infinities are left out of means anyway
      overviews: { nodata: facts.nodata.map((value) => (Number.isFinite(value) ? value : null)) },
    })
  }

  /** Deletes all that there is of a scene. @returns the bytes that are free now */
  async drop(scene: SceneRecord): Promise<number> {
    const folder = this.folder(scene)
    const bytes = await folderSize(folder)
    await rm(folder, { recursive: true, force: true }).catch((error: unknown) => { throw toStudioError(error, folder) })
    return bytes
  }

  /** Deletes what there is of scenes that left the project. @returns the bytes that are free now */
  async dropUnused(): Promise<number> {
    const { content, paths } = this.project
    const folders = new Set([paths.workingCopies(null), paths.workingCopies(this.surroundings.cacheFolder())])
    let bytes = 0
    for (const folder of folders) {
      for (const name of await readdir(folder).catch(() => [])) {
        // a project may have been made in a folder that held other files
        if (!name.startsWith('scene-') || content.scenes.find(name) !== undefined) continue
        bytes += await folderSize(join(folder, name))
        await rm(join(folder, name), { recursive: true, force: true }).catch(() => undefined)
      }
    }
    return bytes
  }

  private async make(scene: SceneRecord, form: Form, bytes: number, source: Omit<Preparation, 'out'>): Promise<void> {
    const folder = this.folder(scene)
    await mkdir(folder, { recursive: true }).catch((error: unknown) => { throw toStudioError(error, folder) })
    const free = await freeDiskBytes(folder)
    if (bytes > free / 2) {
      throw new StudioError('too-large', `${folder}: ${gigabytes(bytes)} would take more than half of the ${gigabytes(free)} that are free on this disk.`, {
        file: folder, remedy: 'Free some space, or choose another folder for working copies in the settings.',
      })
    }
    // an earlier file of something else is replaced: until then it is nobody's
    await rm(join(folder, MARKS[form]), { force: true })
    await this.surroundings.prepare(scene, { ...source, out: join(folder, FILES[form]) })
    await writeFileAtomic(join(folder, MARKS[form]), markOf(scene, form))
  }

  private folder({ id }: SceneRecord): string {
    return this.project.paths.workingCopyFolder(id, this.surroundings.cacheFolder())
  }
}

function pixelBytes({ rows, cols, bands, sampleType }: SceneFacts): number {
  return rows * cols * bands * SAMPLE_TYPES[sampleType].bytes
}

function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`
}

function sourceOf({ variable }: SceneRecord, path: string): Pick<Preparation, 'scene' | 'variable'> {
  return { scene: path, ...(variable === null ? {} : { variable }) }
}

/** Overviews depend on what the user says is no data; a copy holds the values as they are stored. */
function markOf({ fingerprint, variable, repairs }: SceneRecord, form: Form): string {
  return JSON.stringify(form === 'copy' ? { fingerprint, variable } : { fingerprint, variable, nodata: repairs.nodata ?? 'as in the file' })
}
