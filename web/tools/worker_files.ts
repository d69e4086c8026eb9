// SPDX-License-Identifier: Apache-2.0
// Tells the service worker which files of a build the round needs: the page, its scripts and styles, and all that they
// import.
import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

interface Chunk {
  readonly type: 'chunk'
  readonly fileName: string
  readonly facadeModuleId: string | null
  readonly moduleIds: readonly string[]
  readonly imports: readonly string[]
  readonly isEntry: boolean
  readonly viteMetadata?: { readonly importedCss: ReadonlySet<string> }
  code: string
}

export const WORKER = 'worker'
const ROOMS = ['/rooms/round/', '/rooms/sign_in/SignIn.vue', '/app/NotThere.vue']
const BESIDE = ['/index.html', '/mark.svg', '/doudi.webmanifest']

function needs(chunk: Chunk): boolean {
  if (chunk.isEntry) return true
  return chunk.moduleIds.some((id) => ROOMS.some((room) => id.includes(room)))
}

export function roundFiles(): Plugin {
  return {
    name: 'round-files',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const chunks = Object.values(bundle).filter((one) => one.type === 'chunk') as unknown as Chunk[]
        const worker = chunks.find((chunk) => chunk.fileName === `${WORKER}.js`)
        if (!worker) throw new Error('the build has no worker')
        const wanted = chunks.filter((chunk) => chunk !== worker && needs(chunk))
        const files = new Set(BESIDE)
        while (wanted.length) {
          const chunk = wanted.pop()
          if (!chunk || files.has(`/${chunk.fileName}`)) continue
          files.add(`/${chunk.fileName}`)
          for (const style of chunk.viteMetadata?.importedCss ?? []) files.add(`/${style}`)
          wanted.push(...chunks.filter((other) => chunk.imports.includes(other.fileName)))
        }
        const list = [...files].sort()
        const build = createHash('sha256').update(list.join('\n')).digest('hex').slice(0, 16)
        worker.code = worker.code
          .replaceAll('__ROUND_FILES__', JSON.stringify(list))
          .replaceAll('__ROUND_BUILD__', JSON.stringify(build))
      },
    },
  }
}
