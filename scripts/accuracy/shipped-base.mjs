import { join } from 'node:path'
import { root } from '../bench/process.mjs'

/** Folder of the shipped weights that serve a scale; 8x is the 2x network three times. @param {number} scale */
export function shippedBase(scale) {
  return join(root, 'resources', 'models', `studio-${scale === 8 ? 2 : scale}x`)
}
