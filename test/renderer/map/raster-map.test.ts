// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { NNotificationProvider } from 'naive-ui'
import { describe, expect, it, vi } from 'vitest'
import { h } from 'vue'
import RasterMap from '../../../src/renderer/shared/map/RasterMap.vue'
import type { PictureState } from '../../../src/renderer/shared/map/layer-picture'
import { FakeBridge } from '../fake-bridge'

/** A map of nothing yet, whose picture is in a state. */
function mapIn(state: PictureState, onRetry = vi.fn()) {
  FakeBridge.install()
  return mount({ render: () => h(NNotificationProvider, () => h(RasterMap, { layers: [], rows: 10, cols: 10, label: 'map', state, onRetry })) })
}

describe('what lies above the map', () => {
  it('lets the wheel and the pointer through', async () => {
    FakeBridge.install()
    const onCursor = vi.fn()
    const page = mount({ render: () => h(NNotificationProvider, () => h(RasterMap, { layers: [], rows: 10, cols: 10, label: 'map', state: 'quiet', 'onUpdate:cursor': onCursor, 'onUpdate:view': onCursor }, { default: () => h('div', { class: 'region' }) })) })
    const region = page.get('.region')
    await region.trigger('wheel', { deltaY: -100 })
    await flushPromises()
    expect(onCursor).toHaveBeenCalled()
  })
})

describe('mark on the map', () => {
  it('is quiet while nothing is to be said', () => {
    expect(mapIn('quiet').get('[role=status]').text()).toBe('')
  })
  it('tells that pixels are being read', () => {
    expect(mapIn('busy').get('[role=status]').text()).toBe('Reading pixels')
  })
  it('offers to try again what can not be read', async () => {
    const retry = vi.fn()
    const map = mapIn('failed', retry)
    expect(map.get('[role=status]').text()).toContain('The picture can’t be read.')
    await map.get('[role=status] button').trigger('click')
    await flushPromises()
    expect(retry).toHaveBeenCalledOnce()
  })
})
