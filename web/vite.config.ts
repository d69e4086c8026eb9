// SPDX-License-Identifier: Apache-2.0
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'
import { roundFiles, WORKER } from './tools/worker_files.ts'

/** A part of this many screens and more is fetched with the others of its kind. */
const SHARED_BY = 12

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
      output: {
        entryFileNames: (chunk) => (chunk.name === WORKER ? '[name].js' : 'assets/[name]-[hash].js'),
        // Each file comes under a head of its own, which weighs as much as a small part does: what every screen has is
        // one file, and what most have another. The worker stands alone. What comes first is kept apart, or its styles
        // would come after those of the parts.
        codeSplitting: {
          groups: [
            { name: 'first', tags: ['$initial'], test: (id) => !id.includes('/src/worker/'), priority: 1 },
            {
              name: 'parts',
              test: /\/src\/(api|cases|households|law|parts|people|words)\//,
              minShareCount: SHARED_BY,
            },
          ],
        },
      },
    },
  },
  server: { proxy: { '/api': process.env['DOUDI_SERVER'] ?? 'http://127.0.0.1:8080' } },
})
