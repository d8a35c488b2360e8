import { testHeader, testOptions, testSamples, writeWhole } from './geotiff-writing'

/** Writes one scene, the same every time, with overviews; run as a process that the test kills. */
const path = process.argv[2] ?? ''
const [rows, cols, bands] = [1300, 300, 12] as const
const options = testOptions({ resumable: true, compression: 'deflate', interleave: 'bsq', blockSize: 64 })
await writeWhole(path, testHeader(rows, cols, bands, 'int16'), options, testSamples(rows, cols, bands, 'int16'))
