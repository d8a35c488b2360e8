import { StudioError } from '../common/errors'
import type { Interleave } from '../cube/cube-header'
import { outputInterleave } from '../formats/create-writer'
import type { UpscaleSpec } from '../jobs/job-spec'
import type { UpscalePlan } from '../project/project-file'
import type { Settings } from '../project/settings'
import type { SceneFacts } from '../scenes/scene-facts'
import { uncertaintyPath } from './result-names'
import { computeOptions, type JobScene } from './train-spec'

/** The job that writes `scene`, of which `facts` are known, upscaled to `out`. `model` is the model's folder. */
export function upscaleSpecOf(plan: UpscalePlan, scene: JobScene, facts: SceneFacts, model: string, out: string, resume: boolean, settings: Settings): UpscaleSpec {
  const bands = bandsOf(plan, facts, scene.name)
  return {
    kind: 'upscale',
    scene: scene.path,
    repairs: scene.repairs,
    out,
    model,
    resume,
    memoryBudgetMb: settings.memoryBudgetMb,
    sampleType: plan.sampleType,
    compression: plan.format === 'geotiff' ? plan.compression : 'none',
    interleave: interleaveOf(plan, facts, out),
    consistency: plan.consistency,
    quality: plan.quality ?? 'best',
    precision: plan.precision,
    ...(scene.variable === null ? {} : { variable: scene.variable }),
    ...(plan.uncertainty === true ? { uncertainty: uncertaintyPath(out) } : {}),
    ...(plan.window === null ? {} : { window: plan.window }),
    ...(bands === null ? {} : { bands }),
    ...computeOptions(settings),
  }
}

/** Of the file `out`, or of any of the plan's format. GeoTIFF has no line interleave: bands one after the other come closest. */
export function interleaveOf({ interleave, format }: UpscalePlan, facts: SceneFacts, out = format === 'geotiff' ? 'any.tif' : 'any.img'): Interleave {
  return outputInterleave(out, format === 'geotiff' && interleave === 'bil' ? 'bsq' : interleave, facts.interleave)
}

/** 0-based bands to write, null = all. Throws 'invalid-argument' when none is left or one is not in the scene. */
export function bandsOf({ bands }: UpscalePlan, facts: SceneFacts, scene: string): number[] | null {
  if (bands === 'all') return null
  if (bands !== 'good') {
    const outside = bands.find((band) => band >= facts.bands)
    if (outside === undefined) return bands
    throw new StudioError('invalid-argument', `${scene} has ${facts.bands} bands; there is no band ${outside + 1}.`, { remedy: 'Choose other bands.' })
  }
  const good = facts.badBands.flatMap((bad, band) => (bad ? [] : [band]))
  if (good.length === 0) throw new StudioError('invalid-argument', `All bands of ${scene} are marked as bad.`, { remedy: 'Correct the list of bad bands, or write all bands.' })
  return good.length === facts.bands ? null : good
}
