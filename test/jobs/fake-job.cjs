// A stand-in for the job process that needs no TensorFlow. What it does is asked for by the `out` of a train spec.
const result = {
  model: '/model', scale: 2, steps: 10, seconds: 1, ended: 'steps', verdict: null,
}
const behaviours = {
  done: () => { say({ type: 'done', result }); process.disconnect() },
  'done-then-hang': () => { say({ type: 'done', result }); process.disconnect(); setInterval(() => undefined, 1000) },
  environment: () => {
    for (const name of ['MALLOC_TRIM_THRESHOLD_', 'ONEDNN_DEFAULT_FPMATH_MODE', 'OMP_NUM_THREADS', 'TF_NUM_INTEROP_THREADS', 'DACN_JOB_NICE']) {
      say({ type: 'log', level: 'info', message: `${name}=${process.env[name] ?? ''}` })
    }
    behaviours.done()
  },
  'wrong-result': () => { say({ type: 'done', result: { model: 7 } }); process.disconnect() },
  nonsense: () => { say({ type: 'poetry', verse: 1 }); setInterval(() => undefined, 1000) },
  failed: () => { say({ type: 'failed', error: { tag: 'diverged', message: 'The loss is NaN.', remedy: 'Lower it.' } }); process.disconnect() },
  exit: () => {
    for (let line = 1; line <= 30; line++) process.stderr.write(`line ${line}\nI0000 00:00:1795492538.748597    7936 port.cc:153] oneDNN\n`)
    process.stderr.write('terminate called')
    process.exitCode = 3
    process.disconnect()
  },
  killed: () => { process.kill(process.pid, 'SIGKILL') },
  interrupted: () => { process.kill(process.pid, 'SIGINT') },
  polite: () => { setInterval(() => undefined, 1000) },
  deaf: () => { process.removeAllListeners('message'); process.on('message', () => undefined); setInterval(() => undefined, 1000) },
  'deaf-to-sigterm': () => { process.on('SIGTERM', () => undefined); behaviours.deaf() },
}

function say(message) {
  process.send(message)
}

process.on('message', (message) => {
  if (message.type === 'start') {
    say({ type: 'log', level: 'info', message: `pid ${process.pid}` })
    behaviours[message.spec.out]()
  } else if (message.type === 'cancel') {
    say({ type: 'failed', error: { tag: 'cancelled', message: 'Cancelled.' } })
    process.disconnect()
    process.exit()
  } else {
    say({ type: 'log', level: 'info', message: message.type })
  }
})
say({ type: 'ready' })
