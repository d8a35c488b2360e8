import { useDialog } from 'naive-ui'
import { request } from '../shared/client'
import { useFailure } from '../shared/show-failure'
import { text } from '../text'

/** For components: asks where a scene's file is now; a file that is another scene is taken only when the user insists. */
export function useSceneRelink() {
  const dialog = useDialog()
  const { attempt } = useFailure()

  async function relink(sceneId: string): Promise<void> {
    const answer = await attempt(() => request('scene.relink', { sceneId, anyway: false }))
    if (answer == null || answer.linked) return
    const { otherFile } = text.workspace
    dialog.warning({
      title: otherFile.title, content: otherFile.about, positiveText: otherFile.yes, negativeText: text.general.cancel, autoFocus: false,
      onPositiveClick: () => { void attempt(() => request('scene.relink', { sceneId, anyway: true })) },
    })
  }
  return { relink }
}
