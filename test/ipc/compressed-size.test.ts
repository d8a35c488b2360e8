import { expect, it } from 'vitest'
import { compressedSize } from '../../src/main/ipc/compressed-size'

it('is that of the pixels, less what compression saves; never more than without', () => {
  expect(compressedSize(1000, 'int16', 'none', 2600)).toEqual({ expectedBytes: 2600, leastBytes: 2600 })
  expect(compressedSize(1000, 'int16', 'zstd', 2600)).toEqual({ expectedBytes: 1200, leastBytes: 600 })
  expect(compressedSize(1000, 'float32', 'deflate', 5200)).toEqual({ expectedBytes: 3000, leastBytes: 1600 })
  expect(compressedSize(1000, 'float32', 'deflate', 2500).expectedBytes).toBe(2500)
})
