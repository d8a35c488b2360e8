import { BackSide, BoxGeometry, Data3DTexture, DataTexture, FloatType, GLSL3, LinearFilter, Mesh, NearestFilter, NormalBlending, RedFormat, RGFormat, ShaderMaterial, Vector3, type IUniform, type Texture } from 'three'
import type { VolumeBlock } from '../../../preload/pixel-contract'
import { lengthOf, type CubeCut, type CubeSize, type Point } from '../../cube/cube-box'
import { blockRanges, blockTexels, type BlockRanges } from '../../cube/volume-blocks'
import { volumeFragmentShader, volumeVertexShader } from './volume-shader'

/** Samples along the longest way through the cube: while it moves, and at rest. */
const STEPS = { moving: 64, resting: 192 }

/** The cube as a solid to look into. */
export class CubeVolume {
  readonly mesh: Mesh<BoxGeometry, ShaderMaterial>
  private readonly uniforms: Record<string, IUniform>
  private readonly opacity = new DataTexture(new Float32Array(256), 256, 1, RedFormat, FloatType)
  private ranges: BlockRanges | null = null
  private isWanted = false
  private isSigned = false

  constructor(colours: Texture) {
    this.uniforms = {
      volume: { value: null }, blocks: { value: null }, colours: { value: colours }, opacity: { value: this.opacity }, lengths: { value: new Vector3(1, 1, 1) },
      clipFrom: { value: new Vector3(0, 0, 0) }, clipTo: { value: new Vector3(1, 1, 1) }, isMaximum: { value: true }, isSigned: { value: false }, isRough: { value: false }, steps: { value: STEPS.resting },
    }
    const material = new ShaderMaterial({
      glslVersion: GLSL3, vertexShader: volumeVertexShader, fragmentShader: volumeFragmentShader, uniforms: this.uniforms,
      // seen from inside too
      side: BackSide, transparent: true, premultipliedAlpha: true, blending: NormalBlending, depthWrite: false,
    })
    this.mesh = new Mesh(new BoxGeometry(1, 1, 1), material)
    this.mesh.frustumCulled = false
    this.mesh.visible = false
  }

  set visible(visible: boolean) {
    this.isWanted = visible
    this.mesh.visible = visible && this.ranges !== null
  }

  get visible(): boolean {
    return this.mesh.visible
  }

  /** Fewer steps and no interpolation while the cube moves. */
  set moving(moving: boolean) {
    this.set('steps', moving ? STEPS.moving : STEPS.resting)
    this.set('isRough', moving)
  }

  shape(size: CubeSize, lengths: Point, cut: CubeCut): void {
    ;(this.uniforms.lengths?.value as Vector3).set(...lengths)
    const end = (which: 0 | 1): Point => [cut.col[which] / lengthOf(size, 'col'), cut.row[which] / lengthOf(size, 'row'), cut.slice[which] / lengthOf(size, 'slice')]
    ;(this.uniforms.clipFrom?.value as Vector3).set(...end(0))
    ;(this.uniforms.clipTo?.value as Vector3).set(...end(1))
  }

  show(volume: VolumeBlock): void {
    const texture = new Data3DTexture(volume.data, volume.cols, volume.rows, volume.slices)
    texture.format = RedFormat
    texture.minFilter = texture.magFilter = LinearFilter
    texture.unpackAlignment = 1
    texture.needsUpdate = true
    this.replace('volume', texture)
    this.ranges = blockRanges(volume)
    this.skipBlocks()
    this.visible = this.isWanted
  }

  /** `opacity`: 256 entries from 0 to 1; null = the greatest value along each ray instead, of signed ones the farthest from zero. */
  look(opacity: Float32Array | null, isSigned: boolean): void {
    this.isSigned = isSigned
    this.set('isMaximum', opacity === null)
    this.set('isSigned', isSigned)
    if (opacity !== null) (this.opacity.image.data as Float32Array).set(opacity)
    this.opacity.needsUpdate = true
    this.skipBlocks()
  }

  dispose(): void {
    this.replace('volume', null)
    this.replace('blocks', null)
    this.opacity.dispose()
    this.mesh.geometry.dispose()
    this.mesh.material.dispose()
  }

  private skipBlocks(): void {
    if (this.ranges === null) return
    const { cols, rows, slices } = this.ranges
    const texture = new Data3DTexture(blockTexels(this.ranges, this.opacity.image.data as Float32Array, this.isSigned), cols, rows, slices)
    texture.format = RGFormat
    texture.minFilter = texture.magFilter = NearestFilter
    texture.unpackAlignment = 1
    texture.needsUpdate = true
    this.replace('blocks', texture)
  }

  private replace(name: string, texture: Texture | null): void {
    ;(this.uniforms[name]?.value as Texture | null)?.dispose()
    this.set(name, texture)
  }

  private set(name: string, value: unknown): void {
    const uniform = this.uniforms[name]
    if (uniform !== undefined) uniform.value = value
  }
}
