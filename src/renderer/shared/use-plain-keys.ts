import { onBeforeUnmount, onMounted } from 'vue'

/** Keys (small letters, signs) that do something anywhere on the page, but not where one types or with Ctrl and the like. */
export function usePlainKeys(actions: Readonly<Record<string, () => void>>): void {
  function press(event: KeyboardEvent): void {
    const action = actions[event.key.toLowerCase()]
    const typing = event.target instanceof Element && event.target.closest('input:not([type=radio], [type=checkbox]), textarea, [contenteditable], [role=dialog]') !== null
    if (action === undefined || typing || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    action()
  }
  onMounted(() => { window.addEventListener('keydown', press) })
  onBeforeUnmount(() => { window.removeEventListener('keydown', press) })
}
