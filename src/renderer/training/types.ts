import type { ProjectView, Requests } from '../../preload/contract'

export type RunRecord = ProjectView['runs'][number]
export type TrainingPlan = Requests['training.start']['payload']['plan']
