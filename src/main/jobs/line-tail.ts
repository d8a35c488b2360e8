/** The last lines of a stream of text that arrives in arbitrary pieces, without those that match `ignored`. */
export class LineTail {
  private readonly lines: string[] = []
  private open = ''

  constructor(private readonly capacity: number, private readonly ignored: RegExp) {}

  add(text: string): void {
    const parts = (this.open + text).split(/\r?\n/)
    // a program that never ends its line must not fill the memory
    this.open = (parts.pop() ?? '').slice(-10_000)
    this.lines.push(...parts.filter((line) => line.trim() !== '' && !this.ignored.test(line)))
    if (this.lines.length > this.capacity) this.lines.splice(0, this.lines.length - this.capacity)
  }

  /** Oldest first, the unfinished line included; without blank lines. */
  get last(): string[] {
    return (this.open.trim() === '' ? this.lines : [...this.lines, this.open]).slice(-this.capacity)
  }
}
