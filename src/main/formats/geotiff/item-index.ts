import type { GdalMetadataItem } from '../../cube/cube-header'

/** Looks metadata items up by domain, name, role and band; names and domains without regard to case. */
export class ItemIndex {
  private readonly values = new Map<string, string>()

  constructor(items: readonly GdalMetadataItem[], private readonly bands: number) {
    for (const { name, value, band, domain, role } of items) {
      this.values.set(keyOf(domain, domain.toUpperCase() === 'ENVI' ? name.replaceAll('_', ' ') : name, role, band), value)
    }
  }

  /** An item of the file. ENVI field names are written with blanks here. */
  file(name: string, domain = ''): string | null {
    return this.values.get(keyOf(domain, name, '', null)) ?? null
  }

  /** One entry a band, null where a band has none; null when no band has one. */
  perBand(name: string, domain = '', role = ''): (string | null)[] | null {
    const values = Array.from({ length: this.bands }, (_, band) => this.values.get(keyOf(domain, name, role, band)) ?? null)
    return values.some((value) => value !== null) ? values : null
  }
}

function keyOf(domain: string, name: string, role: string, band: number | null): string {
  return `${domain.toUpperCase()}\n${name.toUpperCase()}\n${role.toLowerCase()}\n${band ?? ''}`
}
