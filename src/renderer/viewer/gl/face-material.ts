import { DataTexture, DoubleSide, GLSL3, LinearMipmapLinearFilter, NearestFilter, ShaderMaterial, type Texture } from 'three'

const vertexShader = `
out vec2 place;
void main() {
  place = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`

/** Texels as `cube/face-texels.ts` makes them, or colours as they are. */
const fragmentShader = `
precision highp float;
uniform sampler2D picture;
uniform sampler2D colours;
uniform bool isColoured;
in vec2 place;
out vec4 colour;
void main() {
  vec4 texel = texture(picture, place);
  if (isColoured) {
    if (texel.a < 0.5) discard;
    colour = vec4(texel.rgb / texel.a, 1.0);
    return;
  }
  if (texel.g < 0.5) discard;
  float value = texel.r / texel.g;
  vec3 mapped = texture(colours, vec2((value * 255.0 + 0.5) / 256.0, 0.5)).rgb;
  // hatched as in the legend, since a colour map may be grey itself
  float hatch = mod(gl_FragCoord.x + gl_FragCoord.y, 6.0) < 2.0 ? 0.6 : 1.0;
  vec3 grey = vec3(hatch * (0.35 + 0.3 * dot(mapped, vec3(0.299, 0.587, 0.114))));
  colour = vec4(mix(mapped, grey, texel.b / texel.g), 1.0);
}`

/** Colours a face by its picture; where there is no data it is not there. */
export function faceMaterial(colours: Texture): ShaderMaterial {
  return new ShaderMaterial({
    glslVersion: GLSL3, vertexShader, fragmentShader, side: DoubleSide,
    // the lines of the edges lie in front
    polygonOffset: true, polygonOffsetFactor: 1, polygonOffsetUnits: 1,
    uniforms: { picture: { value: null }, colours: { value: colours }, isColoured: { value: false } },
  })
}

/** A texture of [height, width, 4] bytes: pixels stay pixels when near, and are averaged when far. */
export function pictureTexture(bytes: Uint8Array, width: number, height: number): DataTexture {
  const texture = new DataTexture(bytes, width, height)
  texture.magFilter = NearestFilter
  texture.minFilter = LinearMipmapLinearFilter
  texture.generateMipmaps = true
  texture.needsUpdate = true
  return texture
}
