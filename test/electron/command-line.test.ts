import { expect, it } from 'vitest'
import { projectArgument } from '../../src/main/electron/command-line'

it.each([
  ['installed, without a project', ['/opt/dacn'], false, null],
  ['installed', ['/opt/dacn', '--no-sandbox', 'projects/lake'], false, '/home/a/projects/lake'],
  ['from the checkout, without a project', ['/e/electron', '--no-sandbox', '/work'], true, null],
  ['from the checkout', ['/e/electron', '/work', '--user-data-dir=/x', '/data/lake'], true, '/data/lake'],
  ['with an empty argument', ['/e/electron', '/work', '', 'lake'], true, '/home/a/lake'],
] as const)('finds the project that a start names: %s', (_how, argv, opensFolder, expected) => {
  expect(projectArgument(argv, opensFolder, '/home/a')).toBe(expected)
})
