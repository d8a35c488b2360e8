/** `name`, with a number behind it where others have it already. */
export function uniqueName(name: string, others: readonly { name: string }[]): string {
  const taken = new Set(others.map((other) => other.name))
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name} (${number})`
    if (!taken.has(candidate)) return candidate
  }
}
