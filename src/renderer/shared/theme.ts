import { darkTheme, useOsTheme, type GlobalThemeOverrides } from 'naive-ui'
import { computed, watchEffect } from 'vue'
import { useSettingsStore } from './settings-store'

const common = { fontFamily: 'var(--font)', fontSize: '13px', fontWeightStrong: '600', borderRadius: '6px', heightMedium: '32px', fontSizeMedium: '13px', fontSizeSmall: '13px', fontSizeTiny: '12px' }

const light: GlobalThemeOverrides = {
  common: {
    ...common, primaryColor: '#0b7285', primaryColorHover: '#0d8499', primaryColorPressed: '#095c6b', primaryColorSuppl: '#0d8499', infoColor: '#0b7285',
    textColorBase: '#17212b', bodyColor: '#f4f6f8', cardColor: '#ffffff', borderColor: '#d5dce3', dividerColor: '#d5dce3',
  },
}
const dark: GlobalThemeOverrides = {
  common: {
    ...common, primaryColor: '#4cc2d4', primaryColorHover: '#6dd0df', primaryColorPressed: '#37a7b8', primaryColorSuppl: '#37a7b8', infoColor: '#4cc2d4',
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
