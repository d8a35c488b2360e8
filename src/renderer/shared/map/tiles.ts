import { pixels } from '../pixels/pixel-client'
import { TileStore } from './tile-store'

const BUDGET_BYTES = 256e6

/** The tiles of all maps of the window: two maps of one scene share them. */
export const tiles = new TileStore(pixels, BUDGET_BYTES)
