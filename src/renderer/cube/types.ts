import type { ResultView, SceneView } from '../../preload/contract'

export type SceneFacts = NonNullable<SceneView['facts']>
export type CubeResult = Pick<ResultView, 'id' | 'rows' | 'cols' | 'plan'>
