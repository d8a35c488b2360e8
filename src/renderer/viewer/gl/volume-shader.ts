/** Ray marching through a volume in one pass. Places in the volume: x along columns, y along rows, z down the slices, 0 to 1. */
export const volumeVertexShader = `
uniform vec3 lengths;
out vec3 world;
void main() {
  world = position * lengths;
  gl_Position = projectionMatrix * viewMatrix * vec4(world, 1.0);
}`

export const volumeFragmentShader = `
precision highp float;
precision highp sampler3D;
uniform sampler3D volume;
uniform sampler3D blocks;
uniform sampler2D colours;
uniform sampler2D opacity;
uniform vec3 lengths;
uniform vec3 clipFrom;
uniform vec3 clipTo;
uniform bool isMaximum;
uniform bool isSigned;
uniform bool isRough;
uniform float steps;
in vec3 world;
out vec4 colour;

/** Samples along the longest way through a cube at which opacities are meant. */
const float OPACITY_STEPS = 100.0;
const float BLOCK = 8.0;
/** Whatever lies behind would not be seen. */
const float OPAQUE = 0.985;

vec3 placeOf(vec3 at) { return vec3(at.x, at.z, -at.y) / lengths.xzy + 0.5; }

/** Spreads the steps of neighbouring rays, so that no rings are seen. */
float jitter(vec2 at) { return fract(52.9829189 * fract(dot(at, vec2(0.06711056, 0.00583715)))); }

/** As cube/transfer-function.ts has it, from 0 to 1. */
float strengthOf(float value) { return isSigned ? min(1.0, 2.0 * abs(value - 128.0 / 255.0)) : value; }

vec3 colourOf(float value) { return texture(colours, vec2((clamp((value * 255.0 - 1.0) / 254.0, 0.0, 1.0) * 255.0 + 0.5) / 256.0, 0.5)).rgb; }

void main() {
  vec3 origin = placeOf(cameraPosition);
  vec3 ray = normalize(world - cameraPosition);
  vec3 direction = vec3(ray.x, ray.z, -ray.y) / lengths.xzy;
  direction = mix(direction, vec3(1e-6), lessThan(abs(direction), vec3(1e-6)));
  vec3 p = (clipFrom - origin) / direction;
  vec3 q = (clipTo - origin) / direction;
  vec3 near = min(p, q);
  vec3 far = max(p, q);
  float leave = min(far.x, min(far.y, far.z));
  float at = max(0.0, max(near.x, max(near.y, near.z)));
  if (at >= leave) discard;

  vec3 size = vec3(textureSize(volume, 0));
  ivec3 last = textureSize(volume, 0) - 1;
  ivec3 lastBlock = textureSize(blocks, 0) - 1;
  float stride = length(lengths) / steps;
  float weight = OPACITY_STEPS / steps;
  at += stride * jitter(gl_FragCoord.xy);
  float best = 0.0;
  float bestValue = 0.0;
  vec4 sum = vec4(0.0);
  for (int i = 0; i < 1024; i++) {
    if (at >= leave) break;
    vec3 place = origin + at * direction;
    ivec3 block = clamp(ivec3(place * size / BLOCK), ivec3(0), lastBlock);
    vec2 known = texelFetch(blocks, block, 0).rg;
    if (isMaximum ? known.r <= best : known.g == 0.0) {
      vec3 wall = (vec3(block) + step(0.0, direction)) * BLOCK / size;
      vec3 exits = (wall - origin) / direction;
      float exit = min(exits.x, min(exits.y, exits.z));
      at += stride * max(1.0, ceil((exit - at) / stride));
      continue;
    }
    float value = isRough ? texelFetch(volume, clamp(ivec3(place * size), ivec3(0), last), 0).r : texture(volume, place).r;
    if (isMaximum) {
      float strength = strengthOf(value);
      if (strength > best) {
        best = strength;
        bestValue = value;
      }
    } else {
      float seen = 1.0 - pow(1.0 - texture(opacity, vec2((value * 255.0 + 0.5) / 256.0, 0.5)).r, weight);
      sum += (1.0 - sum.a) * seen * vec4(colourOf(value), 1.0);
      if (sum.a > OPAQUE) break;
    }
    at += stride;
  }
  if (isMaximum) {
    if (best < 0.5 / 255.0) discard;
    colour = vec4(colourOf(bestValue), 1.0);
  } else {
    colour = sum;
  }
}`
