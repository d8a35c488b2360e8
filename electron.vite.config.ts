import { defineConfig } from 'electron-vite'

// Targets are pinned so that the build runs on Electron 25 (Node 18, Chromium 114) as on the newest.
// Everything but the native TensorFlow binding is bundled: the engine then needs no node_modules search at run time.
export default defineConfig({
  main: {
    build: {
      target: 'node18',
      outDir: 'out/main',
      externalizeDeps: false,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: {
          cli: 'src/main/cli/index.ts',
          job: 'src/main/workers/index.ts',
          'train-base': 'src/main/workers/train-base.ts',
          bench: 'src/main/workers/bench.ts',
          'encode-worker': 'src/main/formats/geotiff/encode-worker.ts',
        },
        external: ['@tensorflow/tfjs-node-gpu', '@napi-rs/canvas'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
})
