// SPDX-License-Identifier: Apache-2.0
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

// Offices run browsers of some years ago: nothing newer than Chromium 88 is asked for.
export default defineConfig({
  plugins: [vue()],
  build: {
    target: ['chrome88', 'firefox88', 'safari14'],
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0, // the Content-Security-Policy allows files of the server only
    chunkSizeWarningLimit: 300,
  },
  server: { proxy: { '/api': process.env['DOUDI_SERVER'] ?? 'http://127.0.0.1:8080' } },
})
