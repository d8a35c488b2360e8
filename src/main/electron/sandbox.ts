import { app } from 'electron'

/** Root on Linux, and containers, can't have Chromium's sandbox: they start with `--no-sandbox`. */
export const SANDBOXED = !app.commandLine.hasSwitch('no-sandbox')
