// `npm run train:base -- --pictures FOLDER --scale 2`: trains the shipped weights of one scale (src/main/workers/train-base.ts).
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const entry = fileURLToPath(new URL('../out/main/train-base.cjs', import.meta.url))
// glibc reads these when the process starts: freed memory is kept, which makes element-wise operations several times faster
const env = { MALLOC_MMAP_THRESHOLD_: '4294967296', MALLOC_TRIM_THRESHOLD_: '8589934592', TF_CPP_MIN_LOG_LEVEL: '2', ...process.env }
spawn(process.execPath, [entry, ...process.argv.slice(2)], { stdio: 'inherit', env }).on('exit', (code, signal) => {
  process.exitCode = signal === null ? (code ?? 1) : 1
})
