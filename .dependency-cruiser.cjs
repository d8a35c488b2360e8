/** The house's import rules (see docs/architecture.md): imports go down the table, no cycles. */
const layers = [
  ['common', []],
  ['cube', ['common']],
  ['formats', ['common', 'cube']],
  ['dataset', ['common', 'cube']],
  ['metrics', ['common', 'cube']],
  ['model', ['common', 'cube', 'dataset']],
  ['training', ['common', 'cube', 'dataset', 'metrics', 'model', 'inference']],
  ['inference', ['common', 'cube', 'dataset', 'model']],
  ['jobs', ['common']],
  ['workers', ['common', 'cube', 'formats', 'dataset', 'metrics', 'model', 'training', 'inference', 'jobs']],
  ['cli', ['common', 'cube', 'formats', 'dataset', 'metrics', 'jobs', 'workers']],
]

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...layers.map(([folder, allowed]) => ({
      name: `${folder}-imports-down`,
      severity: 'error',
      from: { path: `^src/main/${folder}/` },
      to: { path: '^src/', pathNot: `^src/main/(${[folder, ...allowed].join('|')})/` },
    })),
    {
      name: 'tensorflow-only-in-one-file',
      comment: 'Everything reaches TensorFlow through model/tensorflow.ts, which prepares the process first.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/model/tensorflow\\.ts$' },
      to: { path: 'node_modules/@tensorflow/tfjs-node-gpu' , dependencyTypesNot: ['type-only'] },
    },
    { name: 'no-electron-in-engine', severity: 'error', from: { path: '^src/main/(?!electron/|index\\.ts)' }, to: { path: 'node_modules/electron/' } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
}
