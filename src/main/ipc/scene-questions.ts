import type { SceneProcess } from '../scenes/scene-client'

/** What the application asks of the process that reads scenes and packs models; connecting the window to it is the desktop's part. */
export type SceneQuestions = Pick<SceneProcess<unknown>, 'open' | 'derive' | 'close' | 'inspect' | 'fingerprint' | 'forecast' | 'pack' | 'unpack'>
