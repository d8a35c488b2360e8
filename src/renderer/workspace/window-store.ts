import { defineStore } from 'pinia'
import { ref } from 'vue'

/** What lies over the page at the moment. */
export const useWindowStore = defineStore('window', () => {
  const palette = ref(false)
  const shortcuts = ref(false)
  /** The import dialog; `paths` null = it asks for files. Null = it is closed. */
  const importing = ref<{ paths: string[] | null } | null>(null)

  function openImport(paths: string[] | null): void {
    importing.value = { paths }
  }
  return { palette, shortcuts, importing, openImport }
})
