import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { Requests } from '../../preload/contract'
import { listen, request } from './client'

type Settings = Requests['settings.read']['reply']

export const useSettingsStore = defineStore('settings', () => {
  const current = ref<Settings>({
    theme: 'system', memoryBudgetMb: 2048, threads: null, device: 'auto', precision: 'float32', cacheFolder: null, onClose: 'ask',
  })
  listen('settings.changed', (settings) => { current.value = settings })

  async function load(): Promise<void> {
    current.value = await request('settings.read', null)
  }
  async function change(part: Partial<Settings>): Promise<void> {
    current.value = await request('settings.change', part)
  }
  return { current, load, change }
})
