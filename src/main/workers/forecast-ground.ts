import { toStudioError } from '../common/errors'
import type { SceneSurvey } from '../dataset/scene-survey'
import type { LayerSet } from '../scenes/layer-set'
import type { GroundForecast, ScenePayload } from '../scenes/scene-messages'
import { forecastTraining } from '../training/training-forecast'
import { groundRules } from '../training/training-ground'

/**
 * How training would use the ground of layers. Scenes that can't be read or hold nothing are a refusal, as is all that
 * training itself would refuse. Errors: 'invalid-argument' (layer unknown), 'cancelled' (layer withdrawn).
 */
export async function forecastGround(layers: LayerSet, { layers: names, scale, preset, validation }: ScenePayload<'forecast'>): Promise<GroundForecast> {
  const scenes: (SceneSurvey & { file: string })[] = []
  for (const name of names) {
    const scene = await layers.ask(name, async (layer) => {
      try {
        const file = await layer.use(undefined, (reader) => Promise.resolve(reader.files[0] ?? ''))
        return { ...(await layer.survey()), file }
      } catch (error) {
        return toStudioError(error)
      }
    })
    if (!(scene instanceof Error)) {
      scenes.push(scene)
      continue
    }
    if (scene.tag === 'cancelled') throw scene
    return { ...groundRules(scale), validation, memoryBytes: 0, bandShift: null, symmetries: [], refusal: scene.toJSON() }
  }
  const { bandShift = null, symmetries = [] } = scenes[0] ?? {}
  return { ...forecastTraining({ scenes, scale, preset, validation }), bandShift, symmetries }
}
