/**
 * The scenes of a series, by file below the folder of shared data. None of them was seen by the shipped weights. `mix`
 * marks those that ablations and the published network are tried on: four sensors, ground of different kinds.
 * @typedef {{name: string, file: string, variable?: string, mix?: true}} Scene
 */
export const SCENES = /** @type {readonly Scene[]} */ ([
  { name: 'pavia-university', file: 'pavia-university/UPavia_Subset.hdr', mix: true },
  { name: 'pavia-centre', file: 'pavia-centre/pavia_centre_crop_dn.hdr' },
  { name: 'san-diego', file: 'san-diego/sandiego_plane.hdr', mix: true },
  { name: 'jasper-ridge', file: 'jasper-ridge/jasperRidge2_R198.hdr' },
  { name: 'santa-barbara', file: 'santa-barbara/santa_barbara.hdr' },
  { name: 'texas-coast', file: 'texas-coast/texas-coast.hdr' },
  { name: 'cat-island', file: 'cat-island/cat-island.hdr' },
  { name: 'salinas-a', file: 'salinas-a/salinas_a.hdr' },
  { name: 'dlr-hysu', file: 'dlr-hysu/DLR_HySU_HS_full.tif', mix: true },
  { name: 'enmap-potsdam', file: 'enmap-potsdam/enmap_potsdam_64x128.tif' },
  { name: 'houston', file: 'houston-2018/houston_dataset.mat', variable: 'hyprImg', mix: true },
  { name: 'muufl', file: 'muufl-gulfport/MUUFL.mat', variable: 'data' },
  { name: 'hymap-berlin', file: 'envi-real/HyMap02_Berlin_Urban_Gradient_2009.hdr' },
])

/** Share of the rows to train on. */
const TRAINING_SHARE = 0.58
/** Rows between training and test ground that serve for neither. */
const GUARD_ROWS = 8

/**
 * Spatial split of a scene: upper rows to train on, lower rows as test, a guard between.
 * @param {{rows: number, cols: number}} size @param {number} scale
 * @returns {{train: number[], test: number[]}} windows as row, col, rows, cols; sides of the test window are multiples of the scale
 */
export function splitScene({ rows, cols }, scale) {
  const trained = Math.floor((rows * TRAINING_SHARE) / 8) * 8
  const first = trained + GUARD_ROWS
  return { train: [0, 0, trained, cols], test: [first, 0, Math.floor((rows - first) / scale) * scale, Math.floor(cols / scale) * scale] }
}
