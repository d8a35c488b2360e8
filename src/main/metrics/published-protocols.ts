/** Scales that the published tables have. */
export const PROTOCOL_SCALES = [2, 4, 8] as const
export type ProtocolScale = (typeof PROTOCOL_SCALES)[number]

/** What a publication reports on the test patch, in the paper's convention; null = not reported. */
export interface PublishedResult {
  method: string
  source: string
  psnr: number
  ssim: number
  samDegrees: number
  ergas: number | null
}

/** How the published networks were trained and tested on one of the Pavia scenes (arXiv 2506.05041 and its notebooks). */
export interface PublishedProtocol {
  title: string
  /** The public file, and the MATLAB array in it. */
  file: string
  variable: string
  /** Numbers of rows that copies of the scene have. */
  rows: readonly number[]
  cols: number
  bands: number
  /** Upper left corner of the test patch in a scene of `rows` rows. */
  testCorner(rows: number): { row: number; col: number }
  results: Record<ProtocolScale, readonly PublishedResult[]>
}

export const PROTOCOL_NAMES = ['pavia-university', 'pavia-centre'] as const
export type ProtocolName = (typeof PROTOCOL_NAMES)[number]

/** Side of the patches to train and test on, in pixels. */
export const PATCH = 144

const DACN = ['DACN', 'arXiv 2506.05041'] as const
const HDL = ['HDL', 'arXiv 2510.00033'] as const
const FGIN = ['FGIN', 'arXiv 2505.03431'] as const
const DSDCN = ['DSDCN', 'arXiv 2505.00374'] as const

function published([method, source]: readonly [string, string], psnr: number, ssim: number, samDegrees: number, ergas: number | null): PublishedResult {
  return { method, source, psnr, ssim, samDegrees, ergas }
}

export const PUBLISHED_PROTOCOLS: Record<ProtocolName, PublishedProtocol> = {
  'pavia-university': {
    title: 'Pavia University',
    file: 'PaviaU.mat', variable: 'paviaU', rows: [610], cols: 340, bands: 103,
    testCorner: () => ({ row: 0, col: 0 }),
    results: {
      2: [published(DACN, 36.11, 0.949, 3.29, 6.51), published(HDL, 36.21, 0.948, 3.54, 6.46), published(FGIN, 35.96, 0.944, 3.77, 6.66), published(DSDCN, 35.94, 0.944, 3.7, 6.66)],
      4: [published(DACN, 30.67, 0.802, 4.57, 6.02), published(HDL, 30.74, 0.805, 4.55, 5.97), published(FGIN, 30.33, 0.798, 4.82, 6.25), published(DSDCN, 30.52, 0.796, 4.81, 6.12)],
      8: [published(DACN, 28.05, 0.63, 6.19, 4.06), published(HDL, 28.17, 0.634, 5.67, 4), published(FGIN, 27.93, 0.624, 6.23, 4.11), published(DSDCN, 27.83, 0.614, 6.49, 4.16)],
    },
  },
  'pavia-centre': {
    title: 'Pavia Centre',
    file: 'Pavia.mat', variable: 'pavia', rows: [1096, 1095], cols: 715, bands: 102,
    // the middle of the lower edge
    testCorner: (rows) => ({ row: rows - PATCH, col: 285 }),
    results: {
      2: [published(DACN, 36.78, 0.96, 3.39, 5.65), published(HDL, 36.84, 0.96, 3.53, null), published(FGIN, 36.57, 0.957, 3.74, 5.83), published(DSDCN, 36.43, 0.958, 3.54, 5.88)],
      4: [published(DACN, 29.9, 0.823, 4.66, 6.09), published(FGIN, 29.59, 0.815, 4.9, 6.31), published(DSDCN, 29.67, 0.815, 4.83, 6.26)],
      8: [published(DACN, 25.78, 0.579, 6.01, 4.89), published(HDL, 25.99, 0.596, 5.67, null), published(FGIN, 25.75, 0.582, 6.42, 4.92), published(DSDCN, 25.46, 0.555, 6.35, 5.08)],
    },
  },
}
