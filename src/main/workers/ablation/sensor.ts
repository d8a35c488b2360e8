import { Random } from '../../common/random'
import type { Image } from '../../cube/image'
import { degrade, type Kernel } from '../../dataset/degrade'

/** What a coarser sensor makes of a scene. */
export interface Sensor {
  /** Gaussian point-spread function before the block means, sigma in coarse pixels; 0 = block means alone. */
  blur: number
  /** Noise added to coarse pixels: 1 makes them as noisy as the fine ones, which block means are not. */
  noise: number
  /** Whether the second half of the bands lies one fine pixel to the right, as that of a second spectrometer may. */
  apart: boolean
}

/** Block means, as the shipped weights learnt them. */
export const BLOCK_MEANS: Sensor = { blur: 0, noise: 0, apart: false }

/** Median of |x| of a standard normal x. */
const NORMAL_MEDIAN = 0.6745

const SEED = 1

export function kernelOf({ blur }: Sensor, scale: number): Kernel {
  return blur === 0 ? { kind: 'block' } : { kind: 'gaussian', sigma: blur * scale }
}

/** The truth [rows, cols, bands] as the sensor's optics place its bands. */
export function seen(fine: Image, { apart }: Sensor): Image {
  if (!apart) return fine
  const { cols, bands } = fine
  const data = fine.data.slice()
  const first = Math.floor(bands / 2)
  for (let start = 0; start < data.length; start += cols * bands) {
    for (let col = cols - 1; col > 0; col--) {
      for (let band = first; band < bands; band++) data[start + col * bands + band] = fine.data[start + (col - 1) * bands + band] as number
    }
  }
  return { ...fine, data }
}

/** The coarse scene that the sensor takes of `fine`, which has no missing values. */
export function taken(fine: Image, scale: number, sensor: Sensor): Image {
  const coarse = degrade(fine, scale, kernelOf(sensor, scale))
  if (sensor.noise === 0) return coarse
  const random = Random.fromSeed(SEED)
  // block means keep 1 / scale of the deviation
  const missing = sensor.noise * Math.sqrt(1 - 1 / scale ** 2)
  const deviations = noiseDeviations(fine)
  const data = coarse.data.map((value, i) => value + missing * (deviations[i % coarse.bands] as number) * random.normal())
  return { ...coarse, data }
}

/** Deviation of the noise of each band, from the median second difference along rows: texture makes it too large rather than too small. */
function noiseDeviations({ rows, cols, bands, data }: Image): number[] {
  return Array.from({ length: bands }, (_, band) => {
    const differences: number[] = []
    for (let row = 0; row < rows; row++) {
      for (let col = 1; col < cols - 1; col++) {
        const at = (row * cols + col) * bands + band
        differences.push(Math.abs((data[at - bands] as number) - 2 * (data[at] as number) + (data[at + bands] as number)))
      }
    }
    differences.sort((p, q) => p - q)
    return (differences[differences.length >> 1] ?? 0) / NORMAL_MEDIAN / Math.sqrt(6)
  })
}
