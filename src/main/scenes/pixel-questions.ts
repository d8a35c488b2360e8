import { z } from 'zod'
import { parse } from '../common/parse'
import { polygonSchema } from '../cube/polygon-spans'
import type { PixelQuestion, PixelRequestName, PixelRequests } from '../../preload/pixel-contract'
import type { LayerSet } from './layer-set'
import { readPicture } from './picture'
import { regionSpectrum } from './region-spectrum'
import { layerNameSchema } from './scene-messages'
import { readSpectrum } from './spectrum'
import { readVolume } from './volume'

/** No scene has more. */
const MOST_BANDS = 65_535
/** Longest side that a picture may be asked for; how much it may hold in all, `readPicture` says. */
const LONGEST_SIDE = 2 ** 20

const id = z.int().min(0)
const place = z.int().min(-(2 ** 31)).max(2 ** 31)
const size = z.int().min(1).max(2 ** 31)
const side = z.int().min(1).max(LONGEST_SIDE)
const bands = z.array(z.int().min(0)).min(1).max(MOST_BANDS)
const layer = layerNameSchema
const window = z.strictObject({ row: place, col: place, rows: size, cols: size })

/** A question that wants an answer. */
export type PixelRequest = Extract<PixelQuestion, { id: number }>

const requestSchema: z.ZodType<PixelRequest> = z.discriminatedUnion('name', [
  z.strictObject({
    id, name: z.literal('picture'),
    payload: z.strictObject({ layer, window, bands, rows: side, cols: side }),
  }),
  z.strictObject({ id, name: z.literal('region'), payload: z.strictObject({ layer, window, corners: polygonSchema.nullable() }) }),
  z.strictObject({ id, name: z.literal('spectrum'), payload: z.strictObject({ layer, row: place, col: place }) }),
  z.strictObject({
    id, name: z.literal('volume'),
    payload: z.strictObject({ layer, window, bands, limits: z.array(z.strictObject({ low: z.number(), high: z.number() })).min(1).max(MOST_BANDS), rows: side, cols: side }),
  }),
  z.strictObject({ id, name: z.literal('statistics'), payload: z.strictObject({ layer, bands }) }),
  z.strictObject({ id, name: z.literal('band-shift'), payload: z.strictObject({ layer }) }),
])
const cancelSchema = z.strictObject({ cancel: id })

/** Checks what came from the window, the one part that shows foreign content; throws 'invalid-argument' naming the field. */
export function parsePixelQuestion(raw: unknown): PixelQuestion {
  const schema: z.ZodType<PixelQuestion> = typeof raw === 'object' && raw !== null && 'cancel' in raw ? cancelSchema : requestSchema
  return parse(schema, raw, 'The window asked for pixels in a way that is not understood')
}

/** Errors: 'invalid-argument' (unknown layer, pixel or band outside), 'too-large', 'cancelled', those of reading. */
export function answerPixels(layers: LayerSet, request: PixelRequest, signal: AbortSignal): Promise<PixelRequests[PixelRequestName]['reply']> {
  return layers.ask<PixelRequests[PixelRequestName]['reply']>(request.payload.layer, (asked) => {
    switch (request.name) {
      case 'picture': return asked.use(signal, (reader, ended) => readPicture(reader, request.payload, ended))
      case 'spectrum': {
        const { row, col } = request.payload
        return asked.use(signal, async (reader, ended) => ({ values: await readSpectrum(reader, row, col, ended) }))
      }
      case 'region': return asked.use(signal, (reader, ended) => regionSpectrum(reader, request.payload.window, request.payload.corners, ended))
      case 'volume': return asked.use(signal, (reader, ended) => readVolume(reader, request.payload, ended))
      case 'statistics': return asked.statistics(request.payload.bands, signal)
      case 'band-shift': return asked.bandShift(signal)
    }
  })
}

/** Buffers of an answer that the asker may have for itself; statistics are kept here and therefore copied. */
export function transferableBuffers(reply: PixelRequests[PixelRequestName]['reply']): ArrayBuffer[] {
  if (reply === null || Array.isArray(reply)) return []
  if ('data' in reply) return [reply.data.buffer as ArrayBuffer]
  if ('mean' in reply) return [reply.mean.buffer as ArrayBuffer, reply.deviation.buffer as ArrayBuffer]
  return 'values' in reply ? [reply.values.buffer as ArrayBuffer] : []
}
