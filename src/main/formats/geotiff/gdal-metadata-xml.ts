import type { GdalMetadataItem } from '../../cube/cube-header'

/**
 * Text of tag 42112. Items keep their order; characters that XML forbids are left out. GDAL resolves the entities of a value
 * (not of a name) twice, so an ampersand is written to survive that; all else reads the same once or twice resolved.
 * Null when there is nothing to say.
 */
export function gdalMetadataXml(items: readonly GdalMetadataItem[]): string | null {
  if (items.length === 0) return null
  const lines = items.map(({ name, value, band, domain, role }) => {
    const attributes = [
      ['name', name],
      ...(band === null ? [] : [['sample', String(band)]]),
      ...(role === '' ? [] : [['role', role]]),
      ...(domain === '' ? [] : [['domain', domain]]),
    ].map(([key = '', text = '']) => ` ${key}="${escapeXml(text)}"`)
    return `  <Item${attributes.join('')}>${escapeXml(value.replaceAll('&', '&amp;'))}</Item>`
  })
  return `<GDALMetadata>\n${lines.join('\n')}\n</GDALMetadata>\n`
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

// control characters, and halves of surrogate pairs that stand alone
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

function escapeXml(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}
