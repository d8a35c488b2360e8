import { writeFile } from 'node:fs/promises'

/** Types and classes of the MATLAB 5 format. */
const INT8 = 1
const UINT16 = 4
const INT32 = 5
const UINT32 = 6
const MATRIX = 14
const UINT16_CLASS = 11

export interface MatArray {
  name: string
  rows: number
  cols: number
  bands: number
  /** Stored as uint16. */
  value: (row: number, col: number, band: number) => number
}

/** Writes arrays of rows x cols x bands as MATLAB 5, uncompressed; gives the path. */
export async function writeMat(path: string, arrays: readonly MatArray[]): Promise<string> {
  const head = Buffer.alloc(128, ' ')
  head.write('MATLAB 5.0 MAT-file')
  head.writeUInt16LE(0x0100, 124)
  head.write('IM', 126)
  await writeFile(path, Buffer.concat([head, ...arrays.map(matrix)]))
  return path
}

function matrix({ name, rows, cols, bands, value }: MatArray): Buffer {
  const data = new Uint16Array(rows * cols * bands)
  let at = 0
  for (let band = 0; band < bands; band++) for (let col = 0; col < cols; col++) for (let row = 0; row < rows; row++) data[at++] = value(row, col, band)
  return element(MATRIX, Buffer.concat([
    element(UINT32, bytesOf(Uint32Array.of(UINT16_CLASS, 0))),
    element(INT32, bytesOf(Int32Array.of(rows, cols, bands))),
    element(INT8, Buffer.from(name)),
    element(UINT16, bytesOf(data)),
  ]))
}

function element(type: number, content: Buffer): Buffer {
  return Buffer.concat([bytesOf(Uint32Array.of(type, content.length)), content, Buffer.alloc((8 - (content.length % 8)) % 8)])
}

function bytesOf({ buffer, byteOffset, byteLength }: Uint8Array | Uint16Array | Uint32Array | Int32Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
