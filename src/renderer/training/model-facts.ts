import type { ModelView } from '../../preload/contract'
import { formatCount, formatDuration, formatTime } from '../shared/format'
import { text } from '../text'

/** What the card of a model says, as label and value. */
export function modelFacts(model: ModelView): [label: string, value: string][] {
  const { card } = model
  const { training } = text
  if (card === null) return []
  const known = (value: string | number | null): string => (value === null || value === '' ? training.none : String(value))
  return [
    [training.origin, training.origins[model.origin]],
    [training.scale, `${card.scale}×`],
    [training.preset, training.presets[card.preset].name],
    [training.parameters, formatCount(card.parameters)],
    [training.serves, servesText(card.wavelengthNm)],
    [training.tunedOn, card.scenes.length === 0 ? training.pictureData : card.scenes.map((path) => path.split(/[\\/]/).pop() ?? path).join(', ')],
    [training.kernel, training.kernelText(card.gaussianSigma)],
    [training.bySteps, card.steps === null ? training.none : formatCount(card.steps)],
    [training.duration, card.seconds === null ? training.none : formatDuration(card.seconds)],
    [training.seed, known(card.seed)],
    [training.precision, known(card.provenance.precision)],
    [training.trainedOn, known(card.provenance.device)],
    [training.application, known(card.provenance.application)],
    [training.tensorflow, known(card.provenance.tensorflow)],
    [training.created, known(formatTime(card.provenance.createdUtc))],
  ]
}

function servesText(wavelengthNm: number[] | null): string {
  if (wavelengthNm === null || wavelengthNm.length === 0) return text.training.anySensor
  return text.training.bandsTied(wavelengthNm.length, Math.min(...wavelengthNm), Math.max(...wavelengthNm))
}
