import type { ImportCandidate } from '../../preload/contract'
import { doubtful, draftAsRead, repairsOf, type DraftProblem, type RepairDraft } from './repair-draft'
import type { Refusal, SceneFacts, SceneRepairs } from './types'

/** A file of the import dialog: what main says of it and what the user did to it. */
export interface ImportEntry {
  candidate: ImportCandidate
  /** The facts of the file without repairs; null when it can't be read. */
  asRead: SceneFacts | null
  name: string
  /** It shall be imported. */
  chosen: boolean
  draft: RepairDraft | null
  /** The repairs are unfolded. */
  repairing: boolean
  /** What main refused: a repair, a variable or the import itself. */
  refusal: Refusal | null
  /** Goes up when its pixels may look different. */
  revision: number
}

/** As a file comes in: a scene that the project has already is left out unless the user wants it twice. */
export function newEntry(candidate: ImportCandidate): ImportEntry {
  return { ...asRead(candidate), name: defaultName(candidate.path), chosen: candidate.duplicateOf === null, refusal: null, revision: 0 }
}

/** What follows from a file that is read afresh. */
export function asRead(candidate: ImportCandidate): Pick<ImportEntry, 'candidate' | 'asRead' | 'draft' | 'repairing'> {
  const { facts } = candidate
  return { candidate, asRead: facts, draft: facts === null ? null : draftAsRead(facts), repairing: facts?.notices.some(doubtful) === true }
}

const EXTENSIONS = /\.(hdr|img|dat|bsq|bil|bip|raw|envi|tiff?|mat)$/i

/** The file's name without the ending that says its format: 'scene.img.hdr' gives 'scene', 'v1.2' stays. */
export function defaultName(path: string): string {
  const file = path.split(/[\\/]/).filter((part) => part !== '').at(-1) ?? path
  let name = file
  while (EXTENSIONS.test(name) && name.replace(EXTENSIONS, '') !== '') name = name.replace(EXTENSIONS, '')
  return name
}

/** It can be imported, if the user wants it and its fields are right. */
export function isReadable({ candidate }: ImportEntry): boolean {
  return candidate.facts !== null
}

/** What is wrong with the repairs as typed. */
export function draftProblem(entry: ImportEntry): DraftProblem | null {
  const read = readDraft(entry)
  return read !== null && 'problem' in read ? read.problem : null
}

/** The repairs as typed; null while they can't be read. */
export function repairsAsTyped(entry: ImportEntry): SceneRepairs | null {
  const read = readDraft(entry)
  return read !== null && 'repairs' in read ? read.repairs : null
}

function readDraft({ draft, asRead: facts }: ImportEntry): ReturnType<typeof repairsOf> | null {
  return draft === null || facts === null ? null : repairsOf(draft, facts)
}

/** A field of it must be set right before it can be imported. */
export function needsMending(entry: ImportEntry): boolean {
  return isReadable(entry) && entry.chosen && (entry.name.trim() === '' || draftProblem(entry) !== null)
}
