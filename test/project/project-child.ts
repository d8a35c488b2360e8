import { Project } from '../../src/main/project/project'
import { sceneRecord } from './records'

/**
 * A second program for the tests: opens the project in the folder given and tells its parent 'open', or why it can't. With
 * 'change' as second argument it changes the project without end, telling the number of each change that is on disk.
 */
const [folder = '', order] = process.argv.slice(2)

async function main(): Promise<void> {
  const project = await Project.open(folder, { trash: () => Promise.resolve() })
  process.send?.('open')
  process.on('message', () => { void project.close().then(() => process.exit(0)) })
  for (let count = project.content.scenes.all.length; order === 'change'; count++) {
    project.content.scenes.add(sceneRecord({ id: `scene-${count}`, name: `scene ${count}` }))
    await project.flush()
    process.send?.(count)
  }
}

main().catch((error: unknown) => {
  process.send?.(error instanceof Error ? error.message : String(error), () => process.exit(1))
})
