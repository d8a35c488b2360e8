import type { ImportCandidate, Requests } from '../../preload/contract'

export type SceneFacts = NonNullable<ImportCandidate['facts']>
export type SceneRepairs = Requests['import.repair']['payload']['repairs']
/** What is wrong, in which file, and what to do. */
export type Refusal = NonNullable<ImportCandidate['error']>
