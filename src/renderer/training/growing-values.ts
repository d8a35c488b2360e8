/** A Float64 array that grows at its end without being copied each time. */
export class GrowingValues {
  private buffer = new Float64Array(256)
  private used = 0

  get length(): number {
    return this.used
  }

  add(values: ArrayLike<number>): void {
    if (this.used + values.length > this.buffer.length) {
      const larger = new Float64Array(2 ** Math.ceil(Math.log2(this.used + values.length)))
      larger.set(this.values)
      this.buffer = larger
    }
    this.buffer.set(values, this.used)
    this.used += values.length
  }

  /** Forgets all but the first `count`. */
  shorten(count: number): void {
    this.used = Math.min(this.used, count)
  }

  /** What is there now; a view that later additions leave as it is. */
  get values(): Float64Array {
    return this.buffer.subarray(0, this.used)
  }

  get last(): number | null {
    return this.used === 0 ? null : (this.buffer[this.used - 1] as number)
  }
}
