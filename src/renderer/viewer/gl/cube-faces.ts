import { BufferAttribute, BufferGeometry, Group, LineBasicMaterial, LinearSRGBColorSpace, LineSegments, Mesh, type ShaderMaterial, type Texture } from 'three'
import { CUBE_FACES, toWorld, WORLD_AXIS, wholeCut, type CubeCut, type CubeFace, type CubeSize, type Point } from '../../cube/cube-box'
import { faceQuad } from '../../cube/face-quad'
import { faceMaterial, pictureTexture } from './face-material'

/** What a face shows of its whole plane: Uint8 [height, width, 4], texels for the colour map or colours as they are. */
export interface FacePicture {
  bytes: Uint8Array
  width: number
  height: number
  isColoured: boolean
}

const EDGES: readonly (readonly [number, number])[] = [[0, 1], [2, 3], [4, 5], [6, 7], [0, 2], [1, 3], [4, 6], [5, 7], [0, 4], [1, 5], [2, 6], [3, 7]]

/** The six faces of what the cut planes leave, its edges, and thinly the edges of the whole. */
export class CubeFaces {
  readonly group = new Group()
  private readonly faces: Group = new Group()
  private readonly meshes: Mesh<BufferGeometry, ShaderMaterial>[]
  private readonly edges = new LineSegments(new BufferGeometry(), new LineBasicMaterial())
  private readonly frame = new LineSegments(new BufferGeometry(), new LineBasicMaterial({ transparent: true, opacity: 0.35 }))

  constructor(colours: Texture) {
    this.meshes = CUBE_FACES.map(() => {
      const geometry = new BufferGeometry()
      geometry.setAttribute('position', new BufferAttribute(new Float32Array(12), 3))
      geometry.setAttribute('uv', new BufferAttribute(new Float32Array(8), 2))
      geometry.setIndex([0, 1, 2, 2, 1, 3])
      const mesh = new Mesh(geometry, faceMaterial(colours))
      mesh.frustumCulled = false
      mesh.visible = false
      return mesh
    })
    for (const lines of [this.edges, this.frame]) {
      lines.geometry.setAttribute('position', new BufferAttribute(new Float32Array(EDGES.length * 6), 3))
      lines.frustumCulled = false
    }
    this.faces.add(...this.meshes)
    this.group.add(this.faces, this.edges, this.frame)
  }

  /** In volume mode only the edges are drawn. */
  set visible(visible: boolean) {
    this.faces.visible = visible
  }

  set edgeColour(css: string) {
    // as it is: colours are not converted on their way to the screen either
    for (const { material } of [this.edges, this.frame]) material.color.setStyle(css, LinearSRGBColorSpace)
  }

  shape(size: CubeSize, lengths: Point, cut: CubeCut): void {
    CUBE_FACES.forEach((face, index) => {
      const { positions, places } = faceQuad(size, lengths, cut, face)
      const { geometry } = this.meshes[index] as Mesh
      fill(geometry, 'position', positions)
      fill(geometry, 'uv', places)
    })
    fill(this.edges.geometry, 'position', boxEdges(size, lengths, cut))
    fill(this.frame.geometry, 'position', boxEdges(size, lengths, wholeCut(size)))
  }

  /** null = the face is not drawn. */
  show(face: CubeFace, picture: FacePicture | null): void {
    const index = CUBE_FACES.findIndex(({ axis, end }) => axis === face.axis && end === face.end)
    const mesh = this.meshes[index] as Mesh<BufferGeometry, ShaderMaterial>
    const { uniforms } = mesh.material
    ;(uniforms.picture?.value as Texture | null)?.dispose()
    mesh.visible = picture !== null
    Object.assign(uniforms.picture ?? {}, { value: picture === null ? null : pictureTexture(picture.bytes, picture.width, picture.height) })
    Object.assign(uniforms.isColoured ?? {}, { value: picture?.isColoured ?? false })
  }

  dispose(): void {
    for (const face of CUBE_FACES) this.show(face, null)
    for (const part of [...this.meshes, this.edges, this.frame]) {
      part.geometry.dispose()
      part.material.dispose()
    }
  }
}

function fill(geometry: BufferGeometry, name: string, values: Float32Array): void {
  const attribute = geometry.getAttribute(name) as BufferAttribute
  attribute.copyArray(values)
  attribute.needsUpdate = true
}

function boxEdges(size: CubeSize, lengths: Point, cut: CubeCut): Float32Array {
  const corner = (number: number): number[] => {
    const point = [0, 0, 0]
    ;(['col', 'slice', 'row'] as const).forEach((axis, bit) => { point[WORLD_AXIS[axis]] = toWorld(size, lengths, axis, cut[axis][(number >> bit) & 1] as number) })
    return point
  }
  return Float32Array.from(EDGES.flatMap(([p, q]) => [...corner(p), ...corner(q)]))
}
