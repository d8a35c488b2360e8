import type { CubeHeader } from '../../cube/cube-header'
import type { ReducedCube } from '../../cube/cube-reader'
import { StudioError } from '../../common/errors'
import { reductionOf } from '../../cube/reduction'
import { readBlockLayout, type BlockLayout } from './block-layout'
import { BlockReader } from './block-reader'
import { compressedBlock, ImageReader } from './image-reader'
import type { TiffDirectory } from './tiff-directory'
import type { TiffSource } from './tiff-source'
import { TAG } from './tiff-tags'
import { ValidityMask } from './validity-mask'

/** An overview of the file as a scene of its own, with the memory that it holds. */
export interface ReducedImage {
  cube: ReducedCube
  reader: ImageReader
}

/**
 * The overviews of an image that can stand for it: whole reductions of its size in the same bands and sample type, finest
 * first. Others (other sizes, damaged tables, without a mask where the image has one) are passed over, as pictures
 * can be made without them. `masked`: the image is read with a validity mask. Errors: 'io' only.
 */
export async function reducedImages(
  source: TiffSource, { images, masks }: { images: readonly TiffDirectory[]; masks: readonly TiffDirectory[] }, header: CubeHeader, masked: boolean,
): Promise<ReducedImage[]> {
  const found = new Map<number, ReducedImage>()
  for (const directory of images) {
    const layout = await readBlockLayout(source, directory, header.byteOrder).catch(unlessIo)
    const reduction = layout === null ? null : reductionOf(header, layout)
    if (layout === null || reduction === null || found.has(reduction)) continue
    if (layout.bands !== header.bands || layout.sampleType !== header.sampleType) continue
    const validity = masked ? await maskOf(source, masks, layout, header) : null
    if (masked && validity === null) continue
    const reader = new ImageReader(new BlockReader(source, layout, header.nodata[0] ?? 0), validity)
    const reduced: CubeHeader = { ...header, rows: layout.rows, cols: layout.cols, interleave: layout.planar || layout.bands === 1 ? 'bsq' : 'bip' }
    found.set(reduction, {
      reader,
      cube: {
        reduction, header: reduced, files: [source.path], compressedBlock: compressedBlock(layout),
        readSamples: (window, bands, signal) => reader.read(window, bands, signal),
      },
    })
  }
  return [...found.values()].sort((p, q) => p.cube.reduction - q.cube.reduction)
}

async function maskOf(source: TiffSource, masks: readonly TiffDirectory[], { rows, cols }: BlockLayout, header: CubeHeader): Promise<ValidityMask | null> {
  for (const mask of masks) {
    const size = [await mask.integer(TAG.imageLength, 0), await mask.integer(TAG.imageWidth, 0)]
    if (size[0] === rows && size[1] === cols) return ValidityMask.open(source, mask, header, []).catch(unlessIo)
  }
  return null
}

function unlessIo(error: unknown): null {
  if (error instanceof StudioError && error.tag !== 'io') return null
  throw error
}
