/** Numbers and units as they stand in the window: thin spaces between groups and before units, decimal point. */

const THIN = '\u2009'

/** 1 234 567 */
export function formatCount(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, THIN)
}

/** 1 234 × 567 px */
export function formatSize(rows: number, cols: number): string {
  return `${formatCount(cols)}${THIN}×${THIN}${formatCount(rows)}${THIN}px`
}

/** Decimal units, as file managers write them: 2.4 GB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)}${THIN}${units[unit] as string}`
}

/** 45 s, 3 min 20 s, 2 h 5 min */
export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole}${THIN}s`
  if (whole < 3600) return join(Math.floor(whole / 60), 'min', whole % 60, 's')
  return join(Math.floor(whole / 3600), 'h', Math.floor((whole % 3600) / 60), 'min')
}

function join(first: number, firstUnit: string, second: number, secondUnit: string): string {
  return second === 0 ? `${first}${THIN}${firstUnit}` : `${first}${THIN}${firstUnit} ${second}${THIN}${secondUnit}`
}

/** At most `digits` significant ones, no trailing zeros: 0.35, 1250, 0.000012 */
export function formatNumber(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return '–'
  if (value === 0) return '0'
  const size = Math.abs(value)
  if (size >= 1e7 || size < 1e-5) return value.toExponential(digits - 1)
  return String(Number(value.toPrecision(digits)))
}

/** A number on an axis, as it stands: 0.35, 1250 as 1 250, 1e−7 */
export function formatTick(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e7 || size < 1e-5)) return Number(value.toPrecision(6)).toExponential().replaceAll('-', '−')
  const [whole = '', decimals] = String(Number(size.toPrecision(8))).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, THIN)
  return `${value < 0 ? '−' : ''}${grouped}${decimals === undefined ? '' : `.${decimals}`}`
}

/** 30 m; 30 × 60 m when pixels are not square */
export function formatPixelSize({ x, y, unit }: { x: number; y: number; unit: string }): string {
  const same = Math.abs(x - y) <= 1e-6 * Math.abs(x)
  return same ? `${formatNumber(x)}${THIN}${unit}` : `${formatNumber(x)}${THIN}×${THIN}${formatNumber(y)}${THIN}${unit}`
}

/** +1.9 dB, -0.3 dB */
export function formatGain(decibels: number, digits = 1): string {
  return `${decibels < 0 ? '−' : '+'}${Math.abs(decibels).toFixed(digits)}${THIN}dB`
}

/** 24 Nov 2026, 16:08 in the user's time zone. */
export function formatTime(utc: string): string {
  const time = new Date(utc)
  return Number.isNaN(time.getTime()) ? '' : time.toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' })
}
