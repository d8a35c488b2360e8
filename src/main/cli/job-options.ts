import { Option, type Command } from 'commander'
import { PRECISIONS, type Precision } from '../jobs/job-spec'
import { oneOf, wholeNumber } from './option-values'

export interface ComputeOptions {
  precision: Precision
  threads?: number
}

/** How TensorFlow computes. */
export function addComputeOptions(command: Command): Command {
  return command
    .addOption(new Option('--precision <kind>', 'float32, or bfloat16 where the processor has it: faster, a little less exact').argParser(oneOf(PRECISIONS)).default('float32'))
    .addOption(new Option('--threads <count>', 'processor cores to use (default: all)').argParser(wholeNumber(1, 1024)))
}
