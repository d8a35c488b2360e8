import { describe, expect, it } from 'vitest'
import { pageFile } from '../../src/main/electron/page-file'

const file = (url: string) => pageFile(url, 'dacn', '/app/out/renderer')

describe('a file of the page', () => {
  it('is served from its folder with its type', () => {
    expect(file('app://dacn/index.html')).toEqual({ path: '/app/out/renderer/index.html', mimeType: 'text/html; charset=utf-8' })
    expect(file('app://dacn/assets/a%20b.woff2?v=1#x')).toEqual({ path: '/app/out/renderer/assets/a b.woff2', mimeType: 'font/woff2' })
  })

  it.each([
    ['of another host', 'app://other/index.html'],
    ['above the folder', 'app://dacn/..%2f..%2fpackage.html'],
    ['above it by double dots of the URL', 'app://dacn/%2e%2e/%2e%2e/../secret.js/../../../x.txt'],
    ['with a zero character', 'app://dacn/index.html%00.png'],
    ['with a broken escape', 'app://dacn/%E0%A4%A.html'],
    ['that is a folder', 'app://dacn/assets/'],
    ['of a kind that a page does not have', 'app://dacn/main.cjs'],
    ['beside the folder, of like name', 'app://dacn/..%2frenderer-old/index.html'],
  ])('is none: %s', (_what, url) => {
    expect(file(url)).toBeNull()
  })
})
