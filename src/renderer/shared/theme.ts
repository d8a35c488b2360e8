import { darkTheme, useOsTheme, type GlobalThemeOverrides } from 'naive-ui'
import { computed, watchEffect } from 'vue'
import { useSettingsStore } from './settings-store'

const common = { fontFamily: 'var(--font)', fontSize: '13px', fontWeightStrong: '600', borderRadius: '6px', heightMedium: '32px', fontSizeMedium: '13px', fontSizeSmall: '13px', fontSizeTiny: '12px' }

const parts: GlobalThemeOverrides = {
  // what goes wrong is read, not shouted
  Notification: { titleFontSize: '14px', titleFontWeight: '600', width: '400px' },
  Dialog: { titleFontSize: '15px' },
  Card: { titleFontSizeMedium: '16px' },
}
const light: GlobalThemeOverrides = {
  ...parts,
  common: {
    ...common, primaryColor: '#0b7285', primaryColorHover: '#0d8499', primaryColorPressed: '#095c6b', primaryColorSuppl: '#0d8499', infoColor: '#0b7285', warningColor: '#9a5b00', warningColorHover: '#b06a05', warningColorPressed: '#7d4a00', errorColor: '#b3261e', errorColorHover: '#c53a31', errorColorPressed: '#93201a', successColor: '#1d7a46',
    textColorBase: '#17212b', bodyColor: '#f4f6f8', cardColor: '#ffffff', borderColor: '#d5dce3', dividerColor: '#d5dce3',
  },
}
const dark: GlobalThemeOverrides = {
  ...parts,
  // the library's dark alerts are louder than what they say
  Alert: { colorWarning: '#2a251c', borderWarning: '1px solid #5c4a2a', iconColorWarning: '#e6ad55', colorError: '#2b2022', borderError: '1px solid #63383a', iconColorError: '#ff8a80', colorInfo: '#16282d', borderInfo: '1px solid #24505a', iconColorInfo: '#4cc2d4', colorSuccess: '#18271f', borderSuccess: '1px solid #2c553d', iconColorSuccess: '#5fca8c' },
  common: {
    ...common, primaryColor: '#4cc2d4', primaryColorHover: '#6dd0df', primaryColorPressed: '#37a7b8', primaryColorSuppl: '#37a7b8', infoColor: '#4cc2d4', warningColor: '#e6ad55', warningColorHover: '#edbd74', warningColorPressed: '#cc9540', errorColor: '#ff8a80', errorColorHover: '#ffa49c', errorColorPressed: '#e57368', successColor: '#5fca8c',
    textColorBase: '#e4eaf0', bodyColor: '#12171c', cardColor: '#1a2128', modalColor: '#1e262e', popoverColor: '#232c35', borderColor: '#2c3640', dividerColor: '#2c3640',
  },
}

/** 'light' or 'dark' as the user chose it, following the system when told so. */
export function useThemeName() {
  const settings = useSettingsStore()
  const system = useOsTheme()
  return computed(() => (settings.current.theme === 'system' ? (system.value ?? 'light') : settings.current.theme))
}

/** The library's theme; colours of our own follow by `data-theme`. */
export function useTheme() {
  const name = useThemeName()
  watchEffect(() => { document.documentElement.dataset.theme = name.value })
  return { theme: computed(() => (name.value === 'dark' ? darkTheme : null)), overrides: computed(() => (name.value === 'dark' ? dark : light)) }
}
