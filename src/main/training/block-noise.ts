import type { Random } from '../common/random'
import type { Image } from '../cube/image'
import { upsample } from '../dataset/resample'

/**
 * Adds normal noise of `deviation` that is constant over each low-resolution pixel, in place: the input becomes noisy, the
 * detail to be learnt does not.
 */
export function addBlockNoise(image: Image, scale: number, deviation: number, random: Random): void {
  const rows = Math.floor(image.rows / scale)
  const cols = Math.floor(image.cols / scale)
  const noise = { rows, cols, bands: image.bands, data: Float32Array.from({ length: rows * cols * image.bands }, () => deviation * random.normal()) }
  const fine = upsample(noise, scale, 'nearest')
  for (let row = 0; row < rows * scale; row++) {
    const start = row * image.cols * image.bands
    for (let i = 0; i < cols * scale * image.bands; i++) {
      image.data[start + i] = (image.data[start + i] as number) + (fine.data[row * fine.cols * image.bands + i] as number)
    }
  }
}
