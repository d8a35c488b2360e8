import { defineStore } from 'pinia'
import { ref } from 'vue'
import { NOTHING_SELECTED, type ListSelection } from './list-selection'

/** What lies over the page at the moment, and what is marked in the lists. */
export const useWindowStore = defineStore('window', () => {
  const palette = ref(false)
  const shortcuts = ref(false)
  /** The import dialog; `paths` null = it asks for files. Null = it is closed. */
  const importing = ref<{ paths: string[] | null } | null>(null)
  const selection = ref<ListSelection>(NOTHING_SELECTED)
  /** The line whose name is being edited. */
  const renaming = ref<string | null>(null)

  function openImport(paths: string[] | null): void {
    palette.value = false
    importing.value = { paths }
  }
  return { palette, shortcuts, importing, selection, renaming, openImport }
})
