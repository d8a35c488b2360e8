import { describe, expect, it } from 'vitest'
import { Random } from '../../src/main/common/random'
import { studioDetail, studioLayout, subPixel } from '../../src/main/model/studio/network'
import { receptiveHalo, type StudioShape } from '../../src/main/model/studio/shape'
import { ParameterList } from '../../src/main/model/parameters'
import { tf, type Tensor4D } from '../../src/main/model/tensorflow'
import { describeWindowAttention, windowAttention } from '../../src/main/model/window-attention'
import { expectClose, filledParameters, filledTensor, reference } from './reference'

const shape: StudioShape = { preset: 'studio', scale: 3, channels: 8, blocks: 2, dualEvery: 1, multiHead: true, channelGate: true, heads: 2, window: 3 }

describe('studio network', () => {
  it('window attention agrees with a window by window computation', () => {
    const list = new ParameterList()
    const attention = { channels: 8, heads: 2, window: 3 }
    describeWindowAttention(list, 'window', attention)
    expectClose(windowAttention(filledParameters(list.specs), 'window', filledTensor('window/input', 2, 6, 9, 8), attention), reference.windowAttention, { every: 2 })
  })

  it('detail agrees with an independent computation', () => {
    const detail = studioDetail(filledParameters(studioLayout(shape).specs), shape, filledTensor('studio/input', 2, 6, 9, 4))
    expect(detail.shape).toEqual([2, 18, 27, 1])
    expectClose(detail, reference.studio)
  })

  it('sub-pixel shuffling is that of TensorFlow', () => {
    const x = filledTensor<Tensor4D>('shuffle/input', 2, 3, 4, 9)
    expect(subPixel(x, 3).dataSync()).toEqual(tf.depthToSpace(x, 3).dataSync())
  })

  it('starts from no detail at all', () => {
    const layout = studioLayout(shape)
    const p = layout.named(layout.split(tf.tensor1d(layout.initialise(Random.fromSeed(3)))))
    const detail = studioDetail(p, shape, filledTensor('studio/input', 1, 6, 9, 4))
    expect(detail.abs().max().dataSync()[0]).toBe(0)
  })

  it('detail of every low-resolution pixel averages to zero', () => {
    const detail = studioDetail(filledParameters(studioLayout(shape).specs), shape, filledTensor('studio/input', 1, 6, 9, 4))
    const means = tf.avgPool(detail, 3, 3, 'valid').abs().max().dataSync()[0] as number
    expect(means).toBeLessThan(1e-6 * (detail.abs().max().dataSync()[0] as number) * 10)
  })

  it('a tile with the halo of the receptive field gives what the whole image gives', () => {
    const halo = receptiveHalo(shape)
    const side = 2 * halo + 3 * shape.window
    const p = filledParameters(studioLayout(shape).specs)
    const x = filledTensor<Tensor4D>('tile/input', 1, side, side, 4)
    const whole = studioDetail(p, shape, x)
    // the middle windows from a tile cut on the window grid, halo on every side
    const start = shape.window
    const tile = studioDetail(p, shape, x.slice([0, start, start, 0], [1, 2 * halo + shape.window, 2 * halo + shape.window, 4]))
    const s = shape.scale
    const inTile = tile.slice([0, halo * s, halo * s, 0], [1, shape.window * s, shape.window * s, 1])
    const inWhole = whole.slice([0, (start + halo) * s, (start + halo) * s, 0], [1, shape.window * s, shape.window * s, 1])
    expectClose(inTile, [...inWhole.dataSync()], { relative: 1e-5 })
    // and a halo of a window less than needed would not do, if the bound is worth anything
    const near = studioDetail(p, shape, x.slice([0, start + halo - 3, start + halo - 3, 0], [1, 9, 9, 4]))
    const inNear = near.slice([0, 3 * s, 3 * s, 0], [1, shape.window * s, shape.window * s, 1])
    expect(inNear.sub(inWhole).abs().max().dataSync()[0]).toBeGreaterThan(1e-3)
  })
})
