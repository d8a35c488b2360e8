import type { CubeHeader } from '../cube/cube-header'

const TEXT_TAG_NAMES: Readonly<Record<number, string>> = {
  270: 'ImageDescription', 305: 'Software', 306: 'DateTime', 315: 'Artist', 33432: 'Copyright',
}

/** Raw metadata as rows of a table, key and value as in the file; an item of a band names it, counted from 1 as GIS programs do. */
export function metadataRows(metadata: CubeHeader['metadata']): [key: string, value: string][] {
  switch (metadata.kind) {
    case 'envi': return metadata.fields.map(([key, value]) => [key, value])
    case 'mat': return [['variable', metadata.variable]]
    case 'tiff': return [
      ...metadata.textTags.map(([tag, text]): [string, string] => [TEXT_TAG_NAMES[tag] ?? `tag ${tag}`, text]),
      ...metadata.items.map(({ name, value, band, domain }): [string, string] => [
        `${domain === '' ? '' : `${domain}: `}${name}${band === null ? '' : ` (band ${band + 1})`}`, value,
      ]),
    ]
  }
}
