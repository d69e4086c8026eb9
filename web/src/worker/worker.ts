// SPDX-License-Identifier: Apache-2.0
/// <reference lib="webworker" />
// Lets the round open without a net: keeps the app's own files of this build, and nothing else. No answer of the
// server is ever kept here: what the phone holds of people lies sealed in rooms/round/keep.

const scope = self as unknown as ServiceWorkerGlobalScope
/** The build writes here what the round needs, and the name of the build (tools/worker_files.ts). */
declare const __ROUND_FILES__: readonly string[]
declare const __ROUND_BUILD__: string
const FILES = __ROUND_FILES__
const BUILD = __ROUND_BUILD__
const PREFIX = 'doudi-'
const PAGE = '/index.html'

async function keep(): Promise<void> {
  const shelf = await caches.open(PREFIX + BUILD)
  await shelf.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })))
}
async function dropOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(
    names.filter((name) => name.startsWith(PREFIX) && name !== PREFIX + BUILD).map((name) => caches.delete(name)),
  )
}
async function kept(file: string): Promise<Response | undefined> {
  return (await caches.open(PREFIX + BUILD)).match(file)
}

/** A page comes from the net while there is one; without it, the page of this build. */
async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (thrown) {
    const found = await kept(PAGE)
    if (found) return found
    throw thrown
  }
}
async function file(request: Request, path: string): Promise<Response> {
  return (await kept(path)) ?? fetch(request)
}

scope.addEventListener('install', (event) => event.waitUntil(keep()))
scope.addEventListener('activate', (event) => event.waitUntil(dropOthers().then(() => scope.clients.claim())))
scope.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== scope.location.origin || url.pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (FILES.includes(url.pathname)) event.respondWith(file(request, url.pathname))
})
