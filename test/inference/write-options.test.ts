import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { resourcePath } from '../../src/main/common/project-root'
import { writeOptions, type Rendering } from '../../src/main/inference/write-options'
import { checkpointManifestSchema } from '../../src/main/model/checkpoint-manifest'

const manifest = checkpointManifestSchema.parse(JSON.parse(readFileSync(resourcePath('models', 'studio-2x', 'checkpoint.json'), 'utf8')))
const rendering: Rendering = { scale: 2, method: 'network', copies: 2, model: '/models/field', manifest, consistency: true, precision: 'float32' }
const line = (change: Partial<Rendering> = {}): string => writeOptions({ interleave: 'bip', compression: 'none' }, { ...rendering, ...change }, 64).history[0] ?? ''

describe('the line of history of an upscaling', () => {
  it('says what the pixels come from', () => {
    const weights = manifest.vectors.weights?.sha256.slice(0, 8) ?? 'none'
    expect(line()).toBe(`Upscaled 2x with DACN Studio (network, mean of 2 turned copies, model field, weights ${weights})`)
    expect(line({ copies: 1, consistency: false, precision: 'bfloat16' })).toBe(`Upscaled 2x with DACN Studio (network, model field, weights ${weights}, not made to agree with the input, bfloat16)`)
  })

  it('differs wherever the pixels would, so that an interrupted file is not continued in another way', () => {
    const other = { ...manifest, vectors: { ...manifest.vectors, weights: { file: 'weights.f32', length: 1, sha256: '0'.repeat(64) } } }
    const lines = [line(), line({ scale: 3 }), line({ method: 'bicubic' }), line({ copies: 1 }), line({ model: '/models/town' }), line({ manifest: other }), line({ consistency: false }), line({ precision: 'bfloat16' })]
    expect(new Set(lines).size).toBe(lines.length)
  })
})
