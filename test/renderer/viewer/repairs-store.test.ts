// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useRepairsStore } from '../../../src/renderer/viewer/repairs-store'
import { FakeBridge } from '../fake-bridge'
import { sceneView } from '../sample-project'

let bridge: FakeBridge
beforeEach(() => {
  setActivePinia(createPinia())
  bridge = FakeBridge.install()
})

describe('repairs store', () => {
  it('sends a change, shows it meanwhile, and undoes it', async () => {
    const store = useRepairsStore()
    const scene = sceneView({ repairs: { nodata: 0 } })
    const done = store.change(scene, { nodata: 5 })
    expect(store.repairsOf(scene)).toEqual({ nodata: 5 })
    await done
    // main has confirmed it by then
    const confirmed = sceneView({ repairs: { nodata: 5 } })
    expect(store.canUndo(scene.id)).toBe(true)
    await store.undo(scene.id)
    expect(bridge.payloads('scene.repair').map(({ repairs }) => repairs)).toEqual([{ nodata: 5 }, { nodata: 0 }])
    expect(store.canUndo(scene.id)).toBe(false)
    expect(store.repairsOf(confirmed)).toEqual({ nodata: 5 })
  })

  it('sends nothing where nothing changes', async () => {
    const store = useRepairsStore()
    await store.change(sceneView(), {})
    expect(bridge.asked).toEqual([])
    expect(store.canUndo('scene-1')).toBe(false)
  })

  it('leaves the scene as it was when main refuses', async () => {
    bridge.refuse('scene.repair', { tag: 'invalid-argument', message: '4 bands' })
    const store = useRepairsStore()
    const scene = sceneView()
    await expect(store.change(scene, { wavelengthNm: [1] })).rejects.toThrow('4 bands')
    expect(store.repairsOf(scene)).toEqual({})
    expect(store.canUndo(scene.id)).toBe(false)
  })
})
