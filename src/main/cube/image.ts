/** Pixels in memory: `data` is [rows, cols, bands], NaN = no data. */
export interface Image {
  rows: number
  cols: number
  bands: number
  data: Float32Array
}
