import { execFileSync } from 'node:child_process'

function answers(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** Debian's python3-gdal belongs to the system's Python, whatever else is first on the path. */
const PYTHON = '/usr/bin/python3'

export const hasGdal = answers('gdalinfo', ['--version']) && answers(PYTHON, ['-c', 'from osgeo import gdal, osr'])

export const gdalReason = 'needs gdal-bin and python3-gdal, which are not installed'

if (!hasGdal) console.info(`skipped here: ${gdalReason}`)

/** Runs a Python script with `osgeo` and gives what it prints as JSON. `input` arrives as JSON on its standard input. */
export function gdalPython<T>(script: string, input: unknown = null): T {
  const prelude = 'import json, sys\nfrom osgeo import gdal, osr\nosr.UseExceptions()\ngdal.UseExceptions()\ninput = json.load(sys.stdin)\n'
  const out = execFileSync(PYTHON, ['-c', prelude + script], { input: JSON.stringify(input), maxBuffer: 2 ** 28, stdio: ['pipe', 'pipe', 'inherit'] })
  return JSON.parse(out.toString()) as T
}
