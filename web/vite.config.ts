// SPDX-License-Identifier: Apache-2.0
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { roundFiles, WORKER } from './tools/worker_files.ts'

// Offices run browsers of some years ago: nothing newer than Chromium 88 is asked for.
export default defineConfig({
  plugins: [vue(), roundFiles()],
  build: {
    target: ['chrome88', 'firefox88', 'safari14'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the Content-Security-Policy allows files of the server only
    chunkSizeWarningLimit: 300,
    rolldownOptions: {
      input: { index: 'index.html', [WORKER]: 'src/worker/worker.ts' },
      // The worker's name stays: the browser asks for it anew and compares.
      output: { entryFileNames: (chunk) => (chunk.name === WORKER ? '[name].js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { proxy: { '/api': process.env['DOUDI_SERVER'] ?? 'http://127.0.0.1:8080' } },
})
