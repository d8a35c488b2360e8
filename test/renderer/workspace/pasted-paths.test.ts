import { expect, it } from 'vitest'
import { pastedPaths } from '../../../src/renderer/workspace/pasted-paths'

it.each([
  ['a bare path', '/data/my scene.hdr', ['/data/my scene.hdr']],
  ['several lines, Windows line ends, one twice', '/a.tif\r\n/b.tif\n/a.tif\n', ['/a.tif', '/b.tif']],
  ['quotes', '"C:\\scenes\\a b.img"\n\'/x/y.hdr\'', ['C:\\scenes\\a b.img', '/x/y.hdr']],
  ['file URLs', 'file:///data/with%20blank.tif\nfile:///C:/data/a.tif\nfile://server/share/a.tif', ['/data/with blank.tif', 'C:/data/a.tif', '\\\\server\\share\\a.tif']],
  ['a share', '\\\\server\\share\\a.tif', ['\\\\server\\share\\a.tif']],
  ['text that is no path', 'hello\n// a comment\nrelative/path.tif\nhttps://example.org/a.tif\nfile:///%E0%A4%A\n', []],
])('reads %s', (_name, text, paths) => {
  expect(pastedPaths(text)).toEqual(paths)
})
