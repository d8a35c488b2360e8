/** The house's import rules: imports go down the table, no cycles. */
const layers = [
  ['common', []],
  ['cube', ['common']],
  ['formats', ['common', 'cube']],
  ['dataset', ['common', 'cube']],
  ['metrics', ['common', 'cube']],
  ['analysis', ['common', 'cube', 'formats', 'dataset', 'metrics']],
  ['model', ['common', 'cube', 'dataset']],
  ['training', ['common', 'cube', 'dataset', 'metrics', 'model', 'inference']],
  ['inference', ['common', 'cube', 'dataset', 'metrics', 'model']],
  ['scenes', ['common', 'cube', 'formats', 'dataset']],
  ['jobs', ['common', 'cube']],
  ['workers', ['common', 'cube', 'formats', 'dataset', 'metrics', 'model', 'training', 'inference', 'analysis', 'scenes', 'jobs']],
  ['project', ['common', 'cube', 'scenes', 'jobs']],
  ['ipc', ['common', 'cube', 'formats', 'dataset', 'metrics', 'model', 'training', 'inference', 'analysis', 'scenes', 'jobs', 'project']],
  ['cli', ['common', 'cube', 'formats', 'dataset', 'metrics', 'scenes', 'jobs', 'workers']],
]

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    ...layers.map(([folder, allowed]) => ({
      name: `${folder}-imports-down`,
      severity: 'error',
      from: { path: `^src/main/${folder}/` },
      // the contracts of the preload script speak for all layers above the engine
      to: { path: '^src/', pathNot: `^src/main/(${[folder, ...allowed].join('|')})/${['scenes', 'ipc', 'workers'].includes(folder) ? '|^src/preload/[a-z-]*contract\\.ts$' : ''}` },
    })),
    {
      name: 'tensorflow-only-in-one-file',
      comment: 'Everything reaches TensorFlow through model/tensorflow.ts, which prepares the process first.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/main/model/tensorflow\\.ts$' },
      to: { path: 'node_modules/@tensorflow/tfjs-node-gpu' , dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-tensorflow-in-main-process',
      comment: 'The job process loads TensorFlow; the main process of the app never does.',
      severity: 'error',
      from: { path: '^src/main/(index\\.ts|electron/|ipc/|project/|scenes/|workers/scene-service\\.ts|inference/upscale-forecast\\.ts|model/model-package\\.ts)' },
      to: { path: '^src/main/model/tensorflow\\.ts$', reachable: true },
    },
    { name: 'no-electron-in-engine', severity: 'error', from: { path: '^src/main/(?!electron/|index\\.ts)' }, to: { path: 'node_modules/electron/' } },
    {
      name: 'renderer-knows-the-contract-only',
      severity: 'error',
      from: { path: '^src/renderer/' },
      to: { path: '^src/', pathNot: '^src/(renderer/|preload/[a-z-]*contract\\.ts$)' },
    },
    {
      name: 'preload-imports-types-only',
      severity: 'error',
      from: { path: '^src/preload/' },
      to: { path: '^src/main/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'three-only-in-gl', severity: 'error', from: { path: '^src/', pathNot: '^src/renderer/viewer/gl/' }, to: { path: 'node_modules/(@types/)?three/' } },
    { name: 'one-chart-wrapper', severity: 'error', from: { path: '^src/renderer/', pathNot: '^src/renderer/shared/chart/' }, to: { path: 'node_modules/uplot' } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
  },
}
