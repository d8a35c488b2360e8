import { toStudioError } from '../common/errors'
import { parse } from '../common/parse'
import { packModel, unpackModel } from '../model/model-package'
import { inspectScene } from '../scenes/inspect-scene'
import { LayerSet } from '../scenes/layer-set'
import { fingerprintScene } from '../scenes/open-scene'
import { toScenesSchema, type SceneReply, type SceneRequestName, type ToScenes } from '../scenes/scene-messages'
import { servePixels } from '../scenes/serve-pixels'
import { Turnstile } from '../scenes/turnstile'
import { forecastGround } from './forecast-ground'
import type { SceneServerChannel } from './scene-channel'

/** Pictures and statistics that are made at a time: a few, so that one slow file does not hold up all views. */
const PICTURES_AT_ONCE = 3

/** Answers main's requests about scenes and the windows' questions about their pixels until the process ends. */
export function serveScenes(channel: SceneServerChannel): void {
  const layers = new LayerSet()
  const turnstile = new Turnstile(PICTURES_AT_ONCE)
  channel.onMessage((raw, port) => {
    // a message that is not understood ends the process: main is of another build
    const message = parse(toScenesSchema, raw, 'The scene process received a message that it does not know')
    if (message.name === 'port') {
      if (port !== null) servePixels(port, layers, turnstile)
      return
    }
    const { id } = message
    answer(layers, message).then(
      (value) => { channel.post({ id, ok: true, value }) },
      (error: unknown) => { channel.post({ id, ok: false, error: toStudioError(error).toJSON() }) },
    )
  })
}

async function answer(layers: LayerSet, request: Exclude<ToScenes, { name: 'port' }>): Promise<SceneReply<SceneRequestName>> {
  switch (request.name) {
    case 'open': return layers.open(request.payload.layer, request.payload.source)
    case 'derive':
      await layers.derive(request.payload.layer, request.payload.source)
      return null
    case 'close':
      await layers.close(request.payload.layer)
      return null
    case 'inspect': return inspectScene(request.payload)
    case 'fingerprint': return fingerprintScene(request.payload)
    case 'forecast': return forecastGround(layers, request.payload)
    case 'pack':
      await packModel(request.payload.folder, request.payload.file)
      return null
    case 'unpack':
      await unpackModel(request.payload.file, request.payload.folder)
      return null
  }
}
