import { onBeforeUnmount, onMounted } from 'vue'
import { isMac } from '../shared/platform'
import { useNavigationStore } from './navigation-store'
import { pastedPaths } from './pasted-paths'
import { useProjectStore } from './project-store'
import { useCommands } from './use-commands'
import { useWindowStore } from './window-store'

/** For the window's root: keys that are in no menu, and pasted paths. Those of the menus come as commands. */
export function useWindowKeys(): void {
  const navigation = useNavigationStore()
  const project = useProjectStore()
  const open = useWindowStore()
  const { run } = useCommands()

  function press(event: KeyboardEvent): void {
    const control = isMac ? event.metaKey : event.ctrlKey
    const act = ((): (() => void) | null => {
      if (control && event.shiftKey && event.code === 'KeyP') return () => { run('command-palette') }
      if (event.altKey && event.key === 'ArrowLeft') return () => { navigation.back() }
      if (event.altKey && event.key === 'ArrowRight') return () => { navigation.forward() }
      // text fields undo their own text
      if (control && !event.shiftKey && event.code === 'KeyZ' && !isTextField(event.target)) return () => { run('undo') }
      return null
    })()
    if (act === null) return
    event.preventDefault()
    act()
  }
  function paste(event: ClipboardEvent): void {
    if (isTextField(event.target) || project.project === null) return
    const files = [...(event.clipboardData?.files ?? [])].map((file) => window.dacn.pathOfFile(file)).filter((path) => path !== '')
    const paths = files.length > 0 ? files : pastedPaths(event.clipboardData?.getData('text') ?? '')
    if (paths.length === 0) return
    event.preventDefault()
    open.openImport(paths)
  }

  onMounted(() => {
    window.addEventListener('keydown', press)
    window.addEventListener('paste', paste)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', press)
    window.removeEventListener('paste', paste)
  })
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]')
}
