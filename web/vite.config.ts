// SPDX-License-Identifier: Apache-2.0
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { roundFiles, WORKER } from './tools/worker_files.ts'

// Offices run old browsers: docs/web.md says which are promised; eslint and style/floor.test.ts hold it.
export default defineConfig({
  plugins: [vue(), roundFiles()],
  build: {
    target: ['chrome88', 'edge88', 'firefox98', 'safari15.4'],
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
