import { convolveSame } from '../convolution'
import { tf, type Tensor, type Tensor4D } from '../tensorflow'

/** A transposed 4x4 convolution with stride 2, kernel [4, 4, middle, inputs], and the 3x3 convolution of its result, [3, 3, middle, outputs]. */
interface Composition {
  up: Tensor4D
  bias: Tensor
  last: Tensor4D
}

/** Whether one convolution from `inputs` to four phases of `outputs` costs less than both that it stands for. */
export function composingPays(inputs: number, middle: number, outputs: number): boolean {
  return 9 * inputs * 4 * outputs < 16 * inputs * middle + 4 * 9 * middle * outputs
}

/**
 * x [n, h, w, inputs] -> [n, 2h, 2w, outputs]: a transposed convolution and a 3x3 convolution, both with 'same' padding, as one.
 * With nothing between them they are one linear map: a 6x6 kernel at stride 2, which is a 3x3 convolution of `x` that
 * gives the four output pixels over each of its own.
 */
export function composedUpsampling({ up, bias, last }: Composition, x: Tensor4D): Tensor4D {
  const [n, rows, cols] = x.shape
  const outputs = last.shape[3]
  const inside = convolveSame(x, phaseKernel(up, last))
    .reshape([n * rows, cols, 2, 2 * outputs])
    .transpose([0, 2, 1, 3])
    .reshape<Tensor4D>([n, 2 * rows, 2 * cols, outputs])
  const beyond = tf.addN(([1, 2] as const).flatMap((axis) => ([0, 1] as const).map((end) => spill(up, last, x, axis, end))))
  return inside.sub(beyond).add(biasImage(bias, last, 2 * rows, 2 * cols))
}

/** [3, 3, inputs, 4 * outputs], the last axis row and column of the phase before the output. */
function phaseKernel(up: Tensor4D, last: Tensor4D): Tensor4D {
  const [, , , inputs] = up.shape
  const outputs = last.shape[3]
  // each input channel's 4x4 kernel is an image of `middle` channels, of which the 3x3 convolution makes one of 6x6
  const images = up.transpose<Tensor4D>([3, 0, 1, 2]).pad<Tensor4D>([[0, 0], [1, 1], [1, 1], [0, 0]])
  return convolveSame(images, last)
    .reshape([inputs, 3, 2, 3, 2, outputs])
    .reverse([1, 3])
    .transpose([1, 3, 0, 2, 4, 5])
    .reshape([3, 3, inputs, 4 * outputs])
}

/**
 * What the map above carries back into the image from the line of pixels beyond its first (`end` 0) or last (1) row
 * (`axis` 1) or column (2): there the transposed convolution has values, but the second one takes zeros.
 */
function spill(up: Tensor4D, last: Tensor4D, x: Tensor4D, axis: 1 | 2, end: 0 | 1): Tensor4D {
  const at = (t: Tensor4D, dimension: number, place: number): Tensor4D => {
    const begin = t.shape.map((_, i) => (i === dimension ? place : 0))
    return t.slice<Tensor4D>(begin, t.shape.map((side, i) => (i === dimension ? 1 : side)))
  }
  const [n, rows, cols] = x.shape
  const [, , middle] = up.shape
  const side = (axis === 1 ? rows : cols) * 2
  const edge = at(x, axis, end * (side / 2 - 1))
  const [upLine, lastLine] = [at(up, axis - 1, end * 3), at(last, axis - 1, end * 2)]
  const padding = (length: number): [number, number] => (end === 0 ? [0, length - 1] : [length - 1, 0])
  if (axis === 1) {
    const line = tf.conv2dTranspose(edge, upLine, [n, 1, 2 * cols + 2, middle], [1, 2], 'valid')
    return tf.conv2d(line, lastLine, 1, 'valid').pad([[0, 0], padding(side), [0, 0], [0, 0]])
  }
  const line = tf.conv2dTranspose(edge, upLine, [n, 2 * rows + 2, 1, middle], [2, 1], 'valid')
  // without its ends, which belong to the rows beyond the image
  return tf.conv2d(line.slice<Tensor4D>([0, 1, 0, 0], [n, 2 * rows, 1, middle]), lastLine, 1, 'same').pad([[0, 0], [0, 0], padding(side), [0, 0]])
}

/** What the 3x3 convolution makes of an image that is `bias` everywhere: [1, rows, cols, outputs]. */
function biasImage(bias: Tensor, last: Tensor4D, rows: number, cols: number): Tensor4D {
  const [, , middle, outputs] = last.shape
  const kernel = last.mul(bias.reshape([middle, 1])).sum<Tensor4D>(2, true)
  const everywhere: Tensor4D = tf.ones([1, rows, cols, 1])
  return tf.conv2d(everywhere, kernel.reshape<Tensor4D>([3, 3, 1, outputs]), 1, 'same')
}
