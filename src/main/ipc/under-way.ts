/** What has been begun and is not at its end, by name: a second press of a button joins the first. */
export class UnderWay {
  private readonly works = new Map<string, Promise<void>>()

  /** Begins `work` under a name, or waits for what is under way there. Rejects as the work. */
  once(name: string, work: () => Promise<void>): Promise<void> {
    const known = this.works.get(name)
    if (known !== undefined) return known
    const begun = work().finally(() => { this.works.delete(name) })
    this.works.set(name, begun)
    return begun
  }
}
