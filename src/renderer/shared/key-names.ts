/**
 * The keys of an accelerator such as 'CmdOrCtrl+Shift+U' as they are printed on the keyboard, one a key: Ctrl, Shift, U;
 * on a Mac their symbols.
 */
export function keyNames(accelerator: string, isMac: boolean): string[] {
  const mac: Record<string, string> = { CmdOrCtrl: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧', Left: '←', Right: '→', Tab: '⇥', Enter: '↩', Delete: '⌫' }
  const other: Record<string, string> = { CmdOrCtrl: 'Ctrl', Left: '←', Right: '→', Delete: 'Del' }
  const names = isMac ? mac : other
  // the plus key itself is written as it is
  return accelerator === '+' ? ['+'] : accelerator.split('+').map((key) => names[key] ?? key)
}
