import { zipSync } from 'fflate'
import { encodePng } from '../shared/encode-png'
import { turned, type CameraPlace } from './camera-place'

/** One turn in steps of five degrees: three seconds of film. */
const FRAMES = 72
const FRAMES_A_SECOND = 24

export type TurntableKind = 'webm' | 'png'

/** Places of the camera for one turn about the cube, from `start` on. */
export function turntablePlaces(start: CameraPlace): CameraPlace[] {
  return Array.from({ length: FRAMES }, (_, frame) => turned(start, (2 * Math.PI * frame) / FRAMES, 0))
}

/** A zip archive of PNG files, `name-01.png` and so on. They are compressed already. */
export async function framesArchive(frames: AsyncIterable<HTMLCanvasElement>, name: string): Promise<Uint8Array> {
  const files: Record<string, [Uint8Array, { level: 0 }]> = {}
  let number = 0
  for await (const frame of frames) files[`${name}-${String(++number).padStart(2, '0')}.png`] = [await encodePng(frame), { level: 0 }]
  return zipSync(files)
}

/** A film in WebM. The recorder goes by the clock, so all frames are drawn before they are played to it. */
export async function framesFilm(frames: AsyncIterable<HTMLCanvasElement>): Promise<Uint8Array> {
  const drawn: ImageBitmap[] = []
  for await (const frame of frames) drawn.push(await createImageBitmap(frame))
  const canvas = document.createElement('canvas')
  canvas.width = drawn[0]?.width ?? 1
  canvas.height = drawn[0]?.height ?? 1
  const context = canvas.getContext('2d') as CanvasRenderingContext2D
  const stream = canvas.captureStream(0)
  const [track] = stream.getVideoTracks() as CanvasCaptureMediaStreamTrack[]
  const recorder = new MediaRecorder(stream, { mimeType: 'video/webm', videoBitsPerSecond: 12e6 })
  const parts: Blob[] = []
  recorder.ondataavailable = ({ data }) => { parts.push(data) }
  const ended = new Promise((resolve, reject) => {
    recorder.onstop = resolve
    recorder.onerror = () => { reject(new Error('The film can’t be recorded.')) }
  })
  recorder.start()
  for (const frame of drawn) {
    context.drawImage(frame, 0, 0)
    track?.requestFrame()
    frame.close()
    await new Promise((resolve) => { setTimeout(resolve, 1000 / FRAMES_A_SECOND) })
  }
  recorder.stop()
  await ended
  track?.stop()
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}
