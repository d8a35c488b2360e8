import { expect, it } from 'vitest'
import { launchForTest } from './launched-app'

it('sends the commands of the menu to the page; those that need a project wait for one', async () => {
  const { electronApp, page, problems } = await launchForTest()
  await page.evaluate(() => {
    const { dacn, heard } = Object.assign(window as unknown as { dacn: { subscribe: (name: string, listener: (command: string) => void) => void } }, { heard: [] as string[] })
    dacn.subscribe('menu.command', (command) => { heard.push(command) })
  })
  const enabled = await electronApp.evaluate(({ Menu }) => {
    const menu = Menu.getApplicationMenu()
    const isEnabled = (id: string): boolean | undefined => menu?.getMenuItemById(id)?.enabled
    menu?.getMenuItemById('command-palette')?.click()
    menu?.getMenuItemById('settings')?.click()
    return { 'fine-tune': isEnabled('fine-tune'), undo: isEnabled('undo'), settings: isEnabled('settings') }
  })
  expect(enabled).toEqual({ 'fine-tune': false, undo: false, settings: true })
  await expect.poll(() => page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual(['command-palette', 'settings'])
  expect(problems).toEqual([])
})
