import type { Page } from 'playwright-core'

/**
 * What of the page is cut off so that no scrolling brings it into view, in words: text wider or higher than its box, boxes
 * that reach beyond the window. What is shortened with '…' counts only where no tooltip or button brings the whole of it.
 */
export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = []
    const describe = (element: Element): string => `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} “${(element.textContent ?? '').trim().slice(0, 40)}”`
    const scrolls = (element: Element, axis: 'X' | 'Y'): boolean => ['auto', 'scroll'].includes(getComputedStyle(element)[`overflow${axis}`])
    const isScrolled = (element: Element, axis: 'X' | 'Y'): boolean => {
      for (let up = element.parentElement; up !== null; up = up.parentElement) if (scrolls(up, axis)) return true
      return false
    }
    // for screen readers only, pictures, what is drawn rather than written
    const skipped = 'svg *, canvas, .u-hz *, .n-input__placeholder, .skip, .n-base-wave, .n-checkbox-box *, [aria-hidden="true"], [aria-hidden="true"] *'
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page itself: ${document.documentElement.scrollWidth} wide in ${innerWidth}`)
    for (const element of document.body.querySelectorAll('*')) {
      if (element.matches(skipped) || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue
      const style = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (box.width === 0 || box.height === 0 || !/\S/.test(element.textContent ?? '')) continue
      const clips = (overflow: string): boolean => overflow === 'hidden' || overflow === 'clip'
      // the former have their whole text in a tooltip, the latter a button for it
      const shortened = (style.textOverflow === 'ellipsis' && element.closest('[title]') !== null) || (style.webkitLineClamp !== 'none' && element.parentElement?.querySelector('button') != null)
      if (clips(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && !shortened) found.push(`cut at the side: ${describe(element)}`)
      if (clips(style.overflowY) && element.scrollHeight > element.clientHeight + 1 && !shortened) found.push(`cut below: ${describe(element)}`)
      // but for tables, in boxes of their own
      if (scrolls(element, 'X') && element.scrollWidth > element.clientWidth + 1 && element.querySelector(':scope > table') === null) found.push(`scrolls sideways: ${describe(element)}`)
      if (element.childElementCount > 0) continue
      if ((box.right > innerWidth + 1 || box.left < -1) && !isScrolled(element, 'X')) found.push(`beyond the window's side: ${describe(element)}`)
      if ((box.bottom > innerHeight + 1 || box.top < -1) && !isScrolled(element, 'Y')) found.push(`beyond the window's end: ${describe(element)}`)
    }
    return found
  })
}
