import { join } from 'node:path'
import { StudioError } from '../common/errors'
import { readConfigFile, writeConfigFile } from './config-file'
import { describeIssue } from './describe-issue'
import { defaultSettings, settingsSchema, type Settings } from './settings'

/** The user's settings, kept in `settings.json` of the configuration folder. */
export class SettingsFile {
  private last: Promise<unknown> = Promise.resolve()

  private constructor(private readonly path: string, private settings: Settings, /** For the user: a damaged file was replaced by the defaults. */ readonly notice: string | null) {}

  /**
   * Reads the settings. Fields that are absent or no longer understood take their defaults, unknown ones are passed over; a damaged
   * file is kept as `settings.json.broken`. Throws 'io' when the disk refuses.
   */
  static async open(configFolder: string): Promise<SettingsFile> {
    const path = join(configFolder, 'settings.json')
    const { json, notice } = await readConfigFile(path)
    return new SettingsFile(path, understood(json), notice === null ? null : `${notice} The settings are at their defaults.`)
  }

  get current(): Settings {
    return this.settings
  }

  /** Changes some settings; they hold once they are on disk. Errors: 'invalid-argument' (a value that can't be), 'io'. */
  change(change: Partial<Settings>): Promise<Settings> {
    const turn = this.last.then(async () => {
      const parsed = settingsSchema.safeParse({ ...this.settings, ...change })
      if (!parsed.success) throw new StudioError('invalid-argument', `These settings can't be: ${describeIssue(parsed.error)}.`)
      await writeConfigFile(this.path, parsed.data)
      this.settings = parsed.data
      return parsed.data
    })
    this.last = turn.catch(() => undefined)
    return turn
  }
}

function understood(json: unknown): Settings {
  const found = typeof json === 'object' && json !== null ? Object.entries(json) : []
  return found.reduce<Settings>((settings, [key, value]) => {
    const parsed = settingsSchema.safeParse({ ...settings, [key]: value as unknown })
    return parsed.success ? parsed.data : settings
  }, defaultSettings)
}
