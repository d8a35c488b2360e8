import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it } from 'vitest'
import { useNavigationStore } from '../../../src/renderer/workspace/navigation-store'

beforeEach(() => { setActivePinia(createPinia()) })

it('goes back and forward, and forgets the way forward when it turns off', () => {
  const navigation = useNavigationStore()
  navigation.go({ kind: 'scene', sceneId: 'a' })
  navigation.go({ kind: 'scene', sceneId: 'a' })
  navigation.go({ kind: 'run', runId: 'r' })
  navigation.back()
  expect(navigation.page).toEqual({ kind: 'scene', sceneId: 'a' })
  navigation.forward()
  expect(navigation.page).toEqual({ kind: 'run', runId: 'r' })
  navigation.back()
  navigation.go({ kind: 'about' })
  navigation.forward()
  expect(navigation.page).toEqual({ kind: 'about' })
  navigation.back()
  navigation.back()
  navigation.back()
  expect(navigation.page).toEqual({ kind: 'overview' })
})

it('leaves the pages of what was removed', () => {
  const navigation = useNavigationStore()
  navigation.go({ kind: 'scene', sceneId: 'a' })
  navigation.go({ kind: 'run', runId: 'r' })
  navigation.go({ kind: 'scene', sceneId: 'a' })
  navigation.leave('a')
  expect(navigation.page).toEqual({ kind: 'overview' })
  navigation.back()
  expect(navigation.page).toEqual({ kind: 'run', runId: 'r' })
  navigation.back()
  expect(navigation.page).toEqual({ kind: 'overview' })
})

it('leaves the plan for a scene that was removed, and keeps one for several', () => {
  const navigation = useNavigationStore()
  navigation.go({ kind: 'upscale', sceneIds: ['a', 'b'] })
  navigation.leave('a')
  expect(navigation.page).toEqual({ kind: 'upscale', sceneIds: ['a', 'b'] })
  navigation.go({ kind: 'fine-tune', sceneIds: ['b'] })
  navigation.leave('b')
  expect(navigation.page).toEqual({ kind: 'overview' })
})

it('has no way back into an earlier project', () => {
  const navigation = useNavigationStore()
  navigation.go({ kind: 'model', modelId: 'm' })
  navigation.restart()
  expect([navigation.page, navigation.past, navigation.future]).toEqual([{ kind: 'overview' }, [], []])
})
