/** State of the generator: four 32-bit words; goes into checkpoints so that a resumed run draws the same numbers. */
export type RandomState = readonly [number, number, number, number]

/** Seeded random numbers (sfc32, period about 2^128): the only source of randomness in the engine. */
export class Random {
  private a: number
  private b: number
  private c: number
  private d: number

  private constructor(state: RandomState) {
    ;[this.a, this.b, this.c, this.d] = state
  }

  static fromSeed(seed: number): Random {
    const random = new Random([seed | 0, 0x9e3779b9 | 0, 0x243f6a88 | 0, 1])
    for (let i = 0; i < 15; i++) random.uint32()
    return random
  }

  static fromState(state: RandomState): Random {
    return new Random(state)
  }

  get state(): RandomState {
    return [this.a, this.b, this.c, this.d]
  }

  uint32(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (this.c << 21) | (this.c >>> 11)
    this.c = (this.c + t) | 0
    return t >>> 0
  }

  /** Uniform in [0, 1). */
  uniform(): number {
    return this.uint32() / 4294967296
  }

  /** Uniform integer in [0, count). */
  integer(count: number): number {
    return Math.floor(this.uniform() * count)
  }

  /** Standard normal (Box-Muller, one value a call so that the state alone determines what follows). */
  normal(): number {
    const u = 1 - this.uniform()
    return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * this.uniform())
  }
}
