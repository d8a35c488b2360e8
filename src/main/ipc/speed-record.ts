import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { writeFileAtomic } from '../common/atomic-file'

const FILE = 'speeds.json'
/** A new measurement counts for this share: one slow run on a busy machine does not spoil the estimate. */
const NEWEST_SHARE = 0.5

const fileSchema = z.record(z.string(), z.number().positive())

export interface UpscaleKind {
  preset: 'studio' | 'paper'
  scale: number
  precision: string
  /** As in the settings. */
  device: string
  /** How often the network looks at each tile. */
  passes: number
}

/** How fast this machine upscaled before, kept in the user's configuration folder. */
export class SpeedRecord {
  private constructor(private readonly path: string, private readonly secondsPerValue: Map<string, number>) {}

  /** A record that can't be read starts anew: it only serves estimates. */
  static async open(configFolder: string): Promise<SpeedRecord> {
    const path = join(configFolder, FILE)
    try {
      return new SpeedRecord(path, new Map(Object.entries(fileSchema.parse(JSON.parse(await readFile(path, 'utf8'))))))
    } catch {
      return new SpeedRecord(path, new Map())
    }
  }

  /** @param values samples of the output; @returns null when nothing of this kind was measured yet */
  estimateSeconds(kind: UpscaleKind, values: number): number | null {
    const speed = this.secondsPerValue.get(keyOf(kind))
    if (speed !== undefined) return speed * values
    // the network takes most of the time: two passes take twice as long as one
    const other = 3 - kind.passes
    const known = this.secondsPerValue.get(keyOf({ ...kind, passes: other }))
    return known === undefined ? null : (known * values * kind.passes) / other
  }

  /** Takes a finished upscaling into account and saves. Throws 'io'. */
  async add(kind: UpscaleKind, values: number, seconds: number): Promise<void> {
    if (!(values > 0) || !(seconds > 0)) return
    const measured = seconds / values
    const before = this.secondsPerValue.get(keyOf(kind)) ?? measured
    this.secondsPerValue.set(keyOf(kind), before + (measured - before) * NEWEST_SHARE)
    await writeFileAtomic(this.path, `${JSON.stringify(Object.fromEntries(this.secondsPerValue), null, 2)}\n`)
  }
}

function keyOf({ preset, scale, precision, device, passes }: UpscaleKind): string {
  return `${preset} ${scale}x ${precision} ${device}${passes === 1 ? '' : ` ${passes} passes`}`
}
