import { expect, it } from 'vitest'
import { migrate } from '../../src/main/project/migrations'

const steps = [
  (file: Record<string, unknown>) => ({ ...file, trail: ['to 2'] }),
  (file: Record<string, unknown>) => ({ ...file, trail: [...(file.trail as string[]), 'to 3'] }),
]

it('goes through all versions from the one that the file has', () => {
  expect(migrate({ format: 'dacn-project', version: 1 }, 'p', steps, 3)).toEqual({ format: 'dacn-project', version: 3, trail: ['to 2', 'to 3'] })
  expect(migrate({ format: 'dacn-project', version: 2, trail: [] }, 'p', steps, 3)).toEqual({ format: 'dacn-project', version: 3, trail: ['to 3'] })
  expect(migrate({ format: 'dacn-project', version: 3, name: 'x' }, 'p', steps, 3)).toEqual({ format: 'dacn-project', version: 3, name: 'x' })
})

it('refuses a file of the future politely', () => {
  expect(() => migrate({ format: 'dacn-project', version: 2 }, '/a/project.json')).toThrow('/a/project.json: written by a newer version of DACN Studio (format 2; this one reads up to 1).')
})

it.each([null, 3, [], {}, { format: 'other', version: 1 }, { format: 'dacn-project' }, { format: 'dacn-project', version: '1' }, { format: 'dacn-project', version: 0 }, { format: 'dacn-project', version: 1.5 }])('refuses %j as no project', (json) => {
  expect(() => migrate(json, '/a/project.json')).toThrow('/a/project.json: this is not the file of a DACN Studio project.')
})
