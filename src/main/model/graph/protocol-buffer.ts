// As much of the protocol buffer encoding as TensorFlow's graphs need. A field is a number that its message defines.

const VARINT = 0
const DELIMITED = 2
const FIXED_32 = 5

function varint(value: number): Buffer {
  const bytes: number[] = []
  // negative numbers as the 64 bits of their two's complement
  let rest = BigInt.asUintN(64, BigInt(value))
  do {
    const low = Number(rest & 127n)
    rest >>= 7n
    bytes.push(rest > 0n ? low | 128 : low)
  } while (rest > 0n)
  return Buffer.from(bytes)
}

function tag(field: number, kind: number): Buffer {
  return varint((field << 3) | kind)
}

/** A whole number, an enumeration or a truth value. */
export function integerField(field: number, value: number): Buffer {
  return Buffer.concat([tag(field, VARINT), varint(value)])
}

/** A float32 number. */
export function floatField(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeFloatLE(value)
  return Buffer.concat([tag(field, FIXED_32), bytes])
}

/** Raw bytes or a message of its own fields. */
export function messageField(field: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([tag(field, DELIMITED), varint(body.length), body])
}

export function textField(field: number, text: string): Buffer {
  return messageField(field, Buffer.from(text))
}
