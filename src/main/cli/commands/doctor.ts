import type { Command } from 'commander'
import { StudioError } from '../../common/errors'
import { version } from '../../common/version'
import type { CliIo } from '../cli-io'
import { createReporter } from '../create-reporter'
import { inspectMachine, selfTestFailure, selfTestFindings, type Finding } from '../doctor-findings'
import type { Reporter } from '../reporter'
import { runJob } from '../run-job'
import { addJsonOption, type JsonOption } from '../scene-options'

const SELF_TEST_SECONDS = 2

export function addDoctorCommand(program: Command, io: CliIo): void {
  const command = program.command('doctor')
    .summary('check the installation')
    .description('Looks at what DACN Studio needs and has, and trains a tiny network for two seconds. Ends with an error code and\nthe remedy when something is missing.')
  addJsonOption(command)
    .addHelpText('after', `
Examples:
  dacn doctor
  dacn doctor --json`)
    .action(async (options: JsonOption) => {
      const reporter = createReporter(io, options.json === true)
      try {
        const findings = [...(await inspectMachine(process.cwd())), ...(await trainBriefly(io, reporter))]
        reporter.result({ version, ok: findings.every(({ state }) => state !== 'missing'), findings }, findings.map(describe).join('\n'))
        const missing = findings.find(({ state }) => state === 'missing')
        if (missing === undefined) return
        throw new StudioError('missing-runtime', `${missing.name}: ${missing.value}`, missing.remedy === undefined ? {} : { remedy: missing.remedy })
      } finally {
        reporter.close()
      }
    })
}

async function trainBriefly(io: CliIo, reporter: Reporter): Promise<Finding[]> {
  try {
    return selfTestFindings(await runJob(io, reporter, 'self-test', { kind: 'self-test', seconds: SELF_TEST_SECONDS, precision: 'float32' }))
  } catch (error) {
    return [selfTestFailure(error)]
  }
}

function describe({ name, state, value, remedy }: Finding): string {
  const mark = { ok: 'ok     ', note: 'note   ', missing: 'MISSING' }[state]
  return `${mark}  ${name.padEnd(14)} ${value}${remedy === undefined ? '' : `\n                        ${remedy}`}`
}
