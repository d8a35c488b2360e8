import type { SceneView } from '../../preload/contract'

export type SceneFacts = NonNullable<SceneView['facts']>
export type SceneRepairs = SceneView['repairs']
