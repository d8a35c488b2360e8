// `node scripts/make-icon.mjs`: draws resources/icon.png, a scene's cube whose top turns from coarse pixels to fine ones.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'

const side = 512
const canvas = createCanvas(side, side)
const context = canvas.getContext('2d')

const ground = context.createLinearGradient(0, 0, 0, side)
ground.addColorStop(0, '#16373d')
ground.addColorStop(1, '#0d1115')
context.fillStyle = ground
context.beginPath()
context.roundRect(16, 16, side - 32, side - 32, 96)
context.fill()

// the cube's corner points, seen from above: u runs to the lower right, v to the lower left, w down
const top = { x: 256, y: 84 }
const u = { x: 160, y: 84 }
const v = { x: -160, y: 84 }
const depth = 172
const at = (a, b, w = 0) => [top.x + a * u.x + b * v.x, top.y + a * u.y + b * v.y + w * depth]

function fill(points, colour) {
  context.fillStyle = colour
  // the line closes the hairlines between neighbours
  context.strokeStyle = colour
  context.lineWidth = 1
  context.beginPath()
  for (const [x, y] of points) context.lineTo(x, y)
  context.closePath()
  context.fill()
  context.stroke()
}

// bands: the sides run through the spectrum, the right one in shade
const layers = 12
for (let layer = 0; layer < layers; layer++) {
  const [from, to] = [layer / layers, (layer + 1) / layers]
  const hue = 215 - 215 * (layer / (layers - 1))
  fill([at(0, 1, from), at(1, 1, from), at(1, 1, to), at(0, 1, to)], `hsl(${hue} 70% 56%)`)
  fill([at(1, 1, from), at(1, 0, from), at(1, 0, to), at(1, 1, to)], `hsl(${hue} 66% 42%)`)
}

// ground: a smooth field in 4 x 4 pixels, and over its right half in 16 x 16
const field = (a, b) => 0.5 + 0.28 * Math.sin(5.2 * a + 2.4 * b + 0.7) + 0.22 * Math.cos(7.5 * b - 2.2 * a)
for (const [pixels, isHere] of [[4, () => true], [16, (a, b) => a - b >= 0]]) {
  for (let row = 0; row < pixels; row++) {
    for (let col = 0; col < pixels; col++) {
      const [a, b] = [(col + 0.5) / pixels, (row + 0.5) / pixels]
      if (!isHere(a, b)) continue
      const value = field(a, b)
      const size = 1 / pixels
      fill([at(col * size, row * size), at((col + 1) * size, row * size), at((col + 1) * size, (row + 1) * size), at(col * size, (row + 1) * size)], `hsl(${188 - 60 * value} ${45 + 20 * value}% ${34 + 44 * value}%)`)
    }
  }
}
writeFileSync(fileURLToPath(new URL('../resources/icon.png', import.meta.url)), canvas.toBuffer('image/png'))
