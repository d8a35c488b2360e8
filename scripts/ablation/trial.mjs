import { benchTask, jobEnvironment } from '../bench/process.mjs'

/** Runs one trial of src/main/workers/ablation in a process of its own, as the product runs a training. @param {'designs' | 'ingredient' | 'serving'} task @param {object} trial */
export async function runTrial(task, trial) {
  return benchTask(task, { trial: JSON.stringify(trial) }, await jobEnvironment('train-paper', 'float32'))
}
