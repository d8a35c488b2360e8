import type { PixelAnswer, PixelQuestion, PixelRequestName, PixelRequests } from '../../src/preload/pixel-contract'
import { pixels, type PixelPort } from '../../src/renderer/shared/pixels/pixel-client'

type Answers = { [K in PixelRequestName]?: (payload: PixelRequests[K]['payload']) => PixelRequests[K]['reply'] }
type Asked = { [K in PixelRequestName]: { name: K; payload: PixelRequests[K]['payload'] } }[PixelRequestName]

/** Stands in for the scene process: answers what it was taught in the next turn, remembers what it was asked. */
export class FakePixels implements PixelPort {
  readonly asked: Asked[] = []
  onmessage: PixelPort['onmessage'] = null

  constructor(private answers: Answers = {}) {
    pixels.connect(this)
  }

  answer(answers: Answers): void {
    this.answers = { ...this.answers, ...answers }
  }

  payloads<K extends PixelRequestName>(name: K): PixelRequests[K]['payload'][] {
    return this.asked.filter((one) => one.name === name).map(({ payload }) => payload as PixelRequests[K]['payload'])
  }

  postMessage(question: PixelQuestion): void {
    if ('cancel' in question) return
    this.asked.push(question)
    const answer = this.answers[question.name] as ((payload: unknown) => PixelRequests[PixelRequestName]['reply']) | undefined
    queueMicrotask(() => {
      const { id } = question
      const message: PixelAnswer = answer === undefined ? { id, ok: false, error: { tag: 'io', message: 'The disk does not answer.', remedy: 'Connect it.' } } : { id, ok: true, value: answer(question.payload) }
      this.onmessage?.({ data: message } as MessageEvent<PixelAnswer>)
    })
  }

  close(): void {
    this.onmessage = null
  }
}
