import { fork, type ChildProcess } from 'node:child_process'
import { onTestFinished } from 'vitest'
import { builtEntry } from '../../src/main/common/project-root'
import { SceneProcess, type SceneChannel } from '../../src/main/scenes/scene-client'

/** The built scene process under plain Node, which can't be sent ports. */
function startForked(children: ChildProcess[], entry: string): SceneChannel<never> {
  const child = fork(entry, [], { serialization: 'advanced', execArgv: [] })
  children.push(child)
  return {
    post: (message) => { if (child.connected) child.send(message) },
    onMessage: (receive) => { child.on('message', receive) },
    onExit: (listener) => { child.once('exit', (code, signal) => { listener(signal === null ? `exit code ${String(code)}` : `signal ${signal}`) }) },
    end: () => { child.kill() },
  }
}

/** A client of forked scene processes, with all that it has started; they end with the test. */
export function forkedScenes(entry = builtEntry('scene-service')): { scenes: SceneProcess<never>; children: ChildProcess[]; starts: () => number } {
  const children: ChildProcess[] = []
  let starts = 0
  const scenes = new SceneProcess<never>(() => startForked(children, entry), () => { starts++ })
  onTestFinished(() => { scenes.end() })
  return { scenes, children, starts: () => starts }
}
