import type { CubeHeader } from '../cube/cube-header'
import type { Image } from '../cube/image'
import { upsample } from '../dataset/resample'
import type { Verdict } from '../jobs/job-event'
import { writeComparisonFigure } from './figure'

/** Wavelengths in nm that stand for red, green and blue. */
const RGB_NM = [640, 550, 460] as const

/** The picture of the demo: source, bicubic and result, with the held-out figures in its caption. */
export async function writeDemoFigure(path: string, title: string, header: CubeHeader, images: { lowRes: Image; result: Image; scale: number }, verdict: Verdict | null): Promise<void> {
  const { lowRes, result, scale } = images
  await writeComparisonFigure(path, {
    lowRes,
    bicubic: upsample(lowRes, scale, 'bicubic'),
    result,
    wavelengthNm: header.wavelengthNm,
    rgbBands: displayBands(header),
    title,
    caption: verdict === null ? ['No block was held out.'] : captionOf(verdict),
    spectrumAt: null,
    scale,
  })
}

/** The bands that the source proposes for display, those nearest to red, green and blue, or three spread over all. */
function displayBands({ bands, defaultBands, wavelengthNm }: CubeHeader): [number, number, number] {
  if (defaultBands?.length === 3) return defaultBands as [number, number, number]
  if (wavelengthNm === null) return [bands - 1, Math.floor(bands / 2), 0]
  const nearest = (target: number): number => wavelengthNm.reduce(
    (best, value, band) => (Math.abs(value - target) < Math.abs((wavelengthNm[best] ?? NaN) - target) ? band : best), 0,
  )
  return [nearest(RGB_NM[0]), nearest(RGB_NM[1]), nearest(RGB_NM[2])]
}

function captionOf({ methods, adopted }: Verdict): string[] {
  return [
    'Held-out ground, sharpened from a coarser copy:',
    '\tPSNR dB\tSAM deg\tERGAS',
    ...methods.map(({ method, quality }) => [method, quality.psnr.toFixed(2), quality.samDegrees.toFixed(3), quality.ergas.toFixed(3)].join('\t')),
    `In use: ${adopted}`,
  ]
}
