import { describe, expect, it } from 'vitest'
import { payloadSchemas } from '../../src/main/ipc/payload-schemas'
import { REQUEST_NAMES } from '../../src/preload/contract'
import { trainingPlan, upscalePlan } from './plans'

const accepted = (name: keyof typeof payloadSchemas, payload: unknown): boolean => payloadSchemas[name].safeParse(payload).success

describe('payloads from the window', () => {
  it('have a schema for every request, and none may be left out', () => {
    for (const name of REQUEST_NAMES) {
      expect(payloadSchemas[name].safeParse(undefined).success, name).toBe(false)
      expect(payloadSchemas[name].safeParse({ surprise: 1 }).success, name).toBe(false)
    }
  })

  it('are taken when they are as the contract says', () => {
    expect(accepted('project.current', null)).toBe(true)
    expect(accepted('settings.change', {})).toBe(true)
    expect(accepted('settings.change', { theme: 'dark', threads: null })).toBe(true)
    expect(accepted('import.inspect', { paths: ['/data/scene.hdr'] })).toBe(true)
    expect(accepted('import.accept', { handle: 'a-1', name: ' jasper ', repairs: { nodata: null } })).toBe(true)
    expect(accepted('training.start', { sceneIds: ['scene-1'], plan: trainingPlan })).toBe(true)
    expect(accepted('upscale.start', { sceneIds: ['scene-1', 'scene-2'], plan: upscalePlan })).toBe(true)
    expect(accepted('app.saveFile', { suggestedName: 'curve.png', content: new Uint8Array(3) })).toBe(true)
  })

  it('lose blanks around names', () => {
    expect(payloadSchemas['project.rename'].parse({ name: '  Harbour ' })).toEqual({ name: 'Harbour' })
  })

  it.each<[keyof typeof payloadSchemas, unknown]>([
    ['project.current', {}],
    ['project.current', 'now'],
    ['scene.remove', { sceneId: '../../etc' }],
    ['scene.remove', { sceneId: 'a'.repeat(65) }],
    ['scene.remove', { sceneId: 'scene-1', force: true }],
    ['scene.remove', JSON.parse('{"sceneId":"scene-1","__proto__":{"admin":true}}')],
    ['scene.rename', { sceneId: 'scene-1', name: '   ' }],
    ['scene.rename', { sceneId: 'scene-1', name: 'n'.repeat(201) }],
    ['import.inspect', { paths: [] }],
    ['import.inspect', { paths: ['/tmp/scene\0.tif'] }],
    ['import.inspect', { paths: [7] }],
    ['import.inspect', { paths: new Array(1001).fill('/a') }],
    ['import.repair', { handle: 'a', repairs: { wavelengthNm: [-5] } }],
    ['import.repair', { handle: 'a', repairs: { wavelengthNm: [Infinity] } }],
    ['settings.change', { theme: 'pink' }],
    ['settings.change', { theme: undefined }],
    ['settings.change', { memoryBudgetMb: 1 }],
    ['settings.change', { cacheFolder: '/etc' }],
    ['training.start', { sceneIds: [], plan: trainingPlan }],
    ['training.start', { sceneIds: ['scene-1', 'scene-1'], plan: trainingPlan }],
    ['training.start', { sceneIds: ['scene-1'], plan: { ...trainingPlan, scale: 5 } }],
    ['training.start', { sceneIds: ['scene-1'], plan: { ...trainingPlan, minutes: NaN } }],
    ['training.start', { sceneIds: ['scene-1'], plan: { ...trainingPlan, out: '/etc' } }],
    ['upscale.start', { sceneIds: ['scene-1'], plan: { ...upscalePlan, bands: [-1] } }],
    ['upscale.start', { sceneIds: ['scene-1'], plan: { ...upscalePlan, window: { row: 0, col: 0, rows: 0, cols: 5 } } }],
    ['app.saveFile', { suggestedName: 'curve.png', content: [1, 2, 3] }],
    ['app.saveFile', { suggestedName: 'curve.png', content: new Uint8Array(64e6 + 1) }],
    ['app.copyText', { text: 5 }],
    ['result.remove', { resultId: 'result-1' }],
  ])('are refused when they are not: %s %#', (name, payload) => {
    expect(accepted(name, payload)).toBe(false)
  })
})
