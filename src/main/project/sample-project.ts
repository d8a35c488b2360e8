import { resourcePath } from '../common/project-root'
import { holdsProject, Project, type ProjectSurroundings } from './project'
import { newId } from './project-layout'

/** The scene that comes with the program. */
export const sampleScenePath = resourcePath('sample-scene', 'dlr-hysu.tif')

/**
 * Opens the sample project in `folder`; on first use makes it, with the scene that comes with the program. The scene is named by its place
 * in the program, so the project survives an update or move of the program. Errors as of `Project.open` and `Project.create`.
 * @param fingerprint asked for on first use only
 */
export async function openSampleProject(folder: string, surroundings: ProjectSurroundings, fingerprint: (path: string) => Promise<string>): Promise<Project> {
  if (await holdsProject(folder)) return Project.open(folder, surroundings)
  const known = await fingerprint(sampleScenePath)
  const project = await Project.create(folder, 'Sample project', surroundings)
  project.content.scenes.add({
    id: newId('scene'), name: 'dlr-hysu', ...project.paths.store(sampleScenePath), variable: null, fingerprint: known, repairs: {}, addedUtc: new Date().toISOString(),
  })
  return project
}
