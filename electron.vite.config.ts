import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

interface LockedPackage {
  version: string
  license?: string
  dev?: boolean
  optional?: boolean
}

/**
 * Writes licences.json for the About page: the libraries that the program is made of, from the lock file, because an
 * installed program has no node_modules. Those for one platform only are parts of the others.
 */
function listLicences(): Plugin {
  return {
    name: 'list-licences',
    generateBundle() {
      const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, LockedPackage> }
      const lines = Object.entries(packages).flatMap(([place, { version, license, dev, optional }]) => {
        const name = place.split('node_modules/').pop() ?? ''
        return name === '' || dev === true || optional === true ? [] : [JSON.stringify({ name, version, licence: license ?? 'see the package' })]
      })
      this.emitFile({ type: 'asset', fileName: 'licences.json', source: `[\n${[...new Set(lines)].sort().join(',\n')}\n]\n` })
    },
  }
}

// Targets are pinned so that the build runs on Electron 25 (Node 18, Chromium 114) as on the newest.
// Everything but the native TensorFlow binding is bundled: the engine then needs no node_modules search at run time.
export default defineConfig({
  main: {
    plugins: [listLicences()],
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
