import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
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
          index: 'src/main/index.ts',
          cli: 'src/main/cli/index.ts',
          job: 'src/main/workers/index.ts',
          'scene-service': 'src/main/workers/scene-service.ts',
          'train-base': 'src/main/workers/train-base.ts',
          bench: 'src/main/workers/bench.ts',
          'encode-worker': 'src/main/formats/geotiff/encode-worker.ts',
        },
        external: ['electron', '@tensorflow/tfjs-node-gpu', '@napi-rs/canvas'],
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    build: {
      target: 'node18',
      outDir: 'out/preload',
      externalizeDeps: false,
      minify: false,
      rolldownOptions: {
        input: { index: 'src/preload/index.ts' },
        external: ['electron'],
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    publicDir: false,
    plugins: [vue()],
    build: {
      target: 'chrome114',
      outDir: 'out/renderer',
      rolldownOptions: { input: resolve('src/renderer/index.html') },
    },
  },
})
