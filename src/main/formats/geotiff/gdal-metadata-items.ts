import { XMLParser } from 'fast-xml-parser'
import type { GdalMetadataItem } from '../../cube/cube-header'

/** Real files stay below 1 MB even with hundreds of bands. */
export const MAX_METADATA_BYTES = 8 << 20

// the content of an item is taken as it stands, and no entity is ever looked up in the document
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  stopNodes: ['GDALMetadata.Item'],
  isArray: (name) => name === 'Item',
})

/** GDAL never declares a document type; it is how entity bombs and references to other files come in. */
export function declaresEntities(xml: string): boolean {
  return /<!(DOCTYPE|ENTITY)/i.test(xml)
}

/**
 * Items of tag 42112 in file order, entities resolved (the content of `format="xml"` items is kept as XML). `xml` is
 * at most `MAX_METADATA_BYTES` long. null when it is not XML.
 */
export function gdalMetadataItems(xml: string): GdalMetadataItem[] | null {
  let root: unknown
  try {
    root = (parser.parse(xml, true) as Record<string, unknown>).GDALMetadata
  } catch {
    return null
  }
  const items = isRecord(root) ? root.Item : undefined
  if (!Array.isArray(items)) return []
  return items.flatMap((item: unknown) => {
    // an item without attributes has no name, so it says nothing
    if (!isRecord(item) || typeof item.name !== 'string') return []
    const sample = typeof item.sample === 'string' && /^\d{1,5}$/.test(item.sample) ? Number(item.sample) : null
    return [{
      name: unescapeXml(item.name),
      value: item.format === 'xml' ? textOf(item['#text']) : valueOf(textOf(item['#text'])),
      band: sample,
      domain: unescapeXml(textOf(item.domain)),
      role: unescapeXml(textOf(item.role)),
    }]
  })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** GDAL escapes a value twice when it writes and resolves it twice when it reads. */
function valueOf(text: string): string {
  return unescapeXml(unescapeXml(text))
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name.toLowerCase()] ?? whole
    const code = decimal !== undefined ? Number(decimal) : parseInt(hex ?? '', 16)
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
  })
}
