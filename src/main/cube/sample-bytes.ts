import { endianness } from 'node:os'
import { allocateSamples, SAMPLE_TYPES, type SampleArray, type SampleType } from './sample-type'

type ByteOrder = 'little' | 'big'

const HOST_ORDER: ByteOrder = endianness() === 'LE' ? 'little' : 'big'

function swapInPlace(bytes: Uint8Array, size: 1 | 2 | 4 | 8): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (size === 2) buffer.swap16()
  else if (size === 4) buffer.swap32()
  else if (size === 8) buffer.swap64()
}

function viewAs(type: SampleType, bytes: Uint8Array): SampleArray | BigInt64Array | BigUint64Array {
  const { buffer, byteOffset } = bytes
  const length = bytes.byteLength / SAMPLE_TYPES[type].bytes
  switch (type) {
    case 'uint8': return new Uint8Array(buffer, byteOffset, length)
    case 'int8': return new Int8Array(buffer, byteOffset, length)
    case 'uint16': return new Uint16Array(buffer, byteOffset, length)
    case 'int16': return new Int16Array(buffer, byteOffset, length)
    case 'uint32': return new Uint32Array(buffer, byteOffset, length)
    case 'int32': return new Int32Array(buffer, byteOffset, length)
    case 'float32': return new Float32Array(buffer, byteOffset, length)
    case 'float64': return new Float64Array(buffer, byteOffset, length)
    case 'int64': return new BigInt64Array(buffer, byteOffset, length)
    case 'uint64': return new BigUint64Array(buffer, byteOffset, length)
  }
}

/**
 * Stored bytes as numbers, in the order they are stored. Takes the bytes over: they are swapped in place and the result
 * looks into them where it can (64-bit integers become float64, exact up to 2^53). `bytes.length` must be a multiple of
 * the type's size. Cost: nothing for the host's own byte order, one pass otherwise.
 */
export function samplesFromBytes(bytes: Uint8Array, type: SampleType, byteOrder: ByteOrder): SampleArray {
  const size = SAMPLE_TYPES[type].bytes
  const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice()
  if (byteOrder !== HOST_ORDER) swapInPlace(aligned, size)
  const view = viewAs(type, aligned)
  if (!(view instanceof BigInt64Array || view instanceof BigUint64Array)) return view
  const samples = new Float64Array(view.length)
  for (let i = 0; i < view.length; i++) samples[i] = Number(view[i])
  return samples
}

/**
 * The bytes of `samples` in a file of `type` and `byteOrder`, in the order they are given. The numbers must lie in the
 * type's range (see `quantise`); for 64-bit integers they are rounded. May share memory with `samples`.
 */
export function bytesFromSamples(samples: SampleArray, type: SampleType, byteOrder: ByteOrder): Uint8Array {
  let typed: SampleArray | BigInt64Array | BigUint64Array = samples
  if (type === 'int64' || type === 'uint64') {
    typed = type === 'int64' ? new BigInt64Array(samples.length) : new BigUint64Array(samples.length)
    for (let i = 0; i < samples.length; i++) typed[i] = BigInt(Math.round(samples[i] as number))
  } else {
    const own = allocateSamples(type, 0)
    if (samples.constructor !== own.constructor) {
      typed = allocateSamples(type, samples.length)
      typed.set(samples)
    }
  }
  const bytes = new Uint8Array(typed.buffer, typed.byteOffset, typed.byteLength)
  if (byteOrder === HOST_ORDER || SAMPLE_TYPES[type].bytes === 1) return bytes
  const swapped = bytes.slice()
  swapInPlace(swapped, SAMPLE_TYPES[type].bytes)
  return swapped
}
