import { throwIfAborted } from '../common/job-context'
import type { CubeReader } from '../cube/cube-reader'
import { wholeWindow } from '../cube/pixel-window'
import { surveyScene, type SceneSurvey } from '../dataset/scene-survey'
import type { BandStatistics } from '../../preload/pixel-contract'
import { bandStatistics } from './band-statistics'
import { describeBandShift } from './describe-band-shift'

/** An open raster, and what else is known of it. */
interface OpenedLayer<About> {
  reader: CubeReader
  about: About
}

type BandShiftAnswer = Awaited<ReturnType<typeof describeBandShift>>

/** One raster that pixels are asked of: its reader, opened when first needed, and what was computed of it before. */
export class Layer<About = unknown> {
  private opened: Promise<OpenedLayer<About>> | null = null
  private readonly running = new Set<AbortController>()
  private readonly bandsKnown = new Map<number, BandStatistics>()
  private shift: BandShiftAnswer | undefined
  private surveyed: SceneSurvey | undefined
  private surveyTurn: Promise<unknown> = Promise.resolve()
  private statisticsTurn: Promise<unknown> = Promise.resolve()
  private retired = false
  private withdrawn = false

  /** @param opener opens it, again when it was closed meanwhile; the layer closes what it gives */
  constructor(private readonly opener: () => Promise<OpenedLayer<About>>) {}

  get isOpen(): boolean {
    return this.opened !== null
  }

  get isIdle(): boolean {
    return this.running.size === 0
  }

  /** What is known of it; opens it unless it is open. Errors: those of opening. */
  async describe(): Promise<About> {
    const { about } = await this.open()
    if (this.retired && this.isIdle) await this.closeReader()
    return about
  }

  /** Runs `work` on its reader, which stays open meanwhile; `signal`, where there is one, or withdrawing the layer cancels it. */
  async use<T>(signal: AbortSignal | undefined, work: (reader: CubeReader, signal: AbortSignal) => Promise<T>): Promise<T> {
    throwIfAborted(signal)
    const controller = new AbortController()
    const abort = (): void => { controller.abort() }
    signal?.addEventListener('abort', abort, { once: true })
    this.running.add(controller)
    try {
      const { reader } = await this.open()
      if (this.withdrawn) abort()
      throwIfAborted(controller.signal)
      return await work(reader, controller.signal)
    } finally {
      signal?.removeEventListener('abort', abort)
      this.running.delete(controller)
      if (this.retired && this.isIdle) await this.closeReader()
    }
  }

  /** As `bandStatistics`, each band computed once. */
  statistics(bands: readonly number[], signal: AbortSignal): Promise<BandStatistics[]> {
    // one at a time: views that open together ask for the same bands
    const turn = this.statisticsTurn.then(() => this.use(signal, async (reader, ended) => {
      const missing = [...new Set(bands)].filter((band) => !this.bandsKnown.has(band))
      for (const found of await bandStatistics(reader, missing, ended)) this.bandsKnown.set(found.band, found)
      return bands.map((band) => this.bandsKnown.get(band) as BandStatistics)
    }))
    this.statisticsTurn = turn.catch(() => undefined)
    return turn
  }

  /** As `describeBandShift`, measured once. */
  async bandShift(signal: AbortSignal): Promise<BandShiftAnswer> {
    this.shift ??= await this.use(signal, describeBandShift)
    return this.shift
  }

  /** As `surveyScene` of the whole scene, once. */
  survey(): Promise<SceneSurvey> {
    // a plan that is edited asks again before the first answer is there
    const turn = this.surveyTurn.then(async () => this.surveyed ??= await this.use(undefined, (reader, ended) => surveyScene(reader, wholeWindow(reader.header), ended)))
    this.surveyTurn = turn.catch(() => undefined)
    return turn
  }

  /** Closes the files; the next question opens them again. Only of an idle layer. */
  async closeReader(): Promise<void> {
    const opened = this.opened
    this.opened = null
    await opened?.then(({ reader }) => reader.close(), () => undefined)
  }

  /** Closes the files once the last question has been answered: another layer stands in its place. */
  async retire(): Promise<void> {
    this.retired = true
    if (this.isIdle) await this.closeReader()
  }

  /** Cancels all questions and closes the files once the last has ended. */
  async withdraw(): Promise<void> {
    this.withdrawn = true
    for (const controller of this.running) controller.abort()
    await this.retire()
  }

  private open(): Promise<OpenedLayer<About>> {
    if (this.opened === null) {
      const opening = this.opener()
      this.opened = opening
      opening.catch(() => { if (this.opened === opening) this.opened = null })
    }
    return this.opened
  }
}
