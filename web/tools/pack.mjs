// SPDX-License-Identifier: Apache-2.0
// Lays name.br and name.gz beside each text file of dist: the server hands them out in its place.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

const TEXT = /\.(js|css|html|svg|json|webmanifest)$/
const SMALL = 1024

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)],
  )
}

let raw = 0
let packed = 0
for (const file of files(new URL('../dist', import.meta.url).pathname)) {
  if (!TEXT.test(file) || statSync(file).size < SMALL) continue
  const content = readFileSync(file)
  const br = brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } })
  writeFileSync(`${file}.br`, br)
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  raw += content.length
  packed += br.length
}
console.log(`packed ${Math.round(raw / 1024)} KiB to ${Math.round(packed / 1024)} KiB (brotli)`)
