// SPDX-License-Identifier: Apache-2.0
// Answers of the real server, changed on their way: a county where nothing is yet, people and places with very long
// names, a list of ten thousand rows.
import type { Page, Route } from 'playwright-core'

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }
type Thing = { readonly [key: string]: Json }

/** Of the law and of the office itself, which a fresh county has too. */
const KEPT = /\/api\/v1\/(packs|titles|procedures|units|roles|session|register\/kinds|datasets|colleagues)\b/
const isThing = (value: Json | undefined): value is Thing =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

async function changed(page: Page, change: (body: Json, url: URL) => Json): Promise<void> {
  await page.route(/\/api\/v1\//, async (route: Route) => {
    const request = route.request()
    const url = new URL(request.url())
    if (request.method() !== 'GET' || KEPT.test(url.pathname) || /\/(events|stream)$/.test(url.pathname)) {
      return route.continue()
    }
    const answer = await route.fetch()
    if (!/json/.test(answer.headers()['content-type'] ?? '') || !answer.ok())
      return route.fulfill({ response: answer })
    const body = JSON.stringify(change((await answer.json()) as Json, url))
    return route.fulfill({ response: answer, body })
  })
}

function zeroed(body: Json): Json {
  if (typeof body === 'number') return 0
  if (Array.isArray(body)) return body.map(zeroed)
  return isThing(body) ? Object.fromEntries(Object.entries(body).map(([key, value]) => [key, zeroed(value)])) : body
}

/** Lists have no rows, numbers beside them are nothing. */
export async function withNoRows(page: Page): Promise<void> {
  const none = (body: Json, url: URL): Json => {
    if (url.pathname.endsWith('/counts')) return zeroed(body)
    if (!isThing(body)) return body
    return Object.fromEntries(
      Object.entries(body).map(([key, value]) => {
        if (key === 'items' && Array.isArray(value)) return [key, []]
        if (key === 'next') return [key, null]
        return [key, ['total', 'open', 'overdue'].includes(key) && typeof value === 'number' ? 0 : value]
      }),
    )
  }
  await changed(page, none)
}

const NAMED = [
  'name',
  'head_name',
  'full_name',
  'officer_name',
  'address',
  'unit',
  'unit_title',
  'title',
  'note',
  'text',
]
const LONG = '（一个很长很长的名字，写了又写，一直写到一行放不下还没有写完）'
const HAN = /[\u4e00-\u9fff]/

function lengthened(body: Json): Json {
  if (Array.isArray(body)) return body.map(lengthened)
  if (!isThing(body)) return body
  return Object.fromEntries(
    Object.entries(body).map(([key, value]) => [
      key,
      // Codes and words of the law stay: only what people wrote grows.
      typeof value === 'string' && NAMED.includes(key) && HAN.test(value) ? value + LONG : lengthened(value),
    ]),
  )
}
/** Whatever people and offices are called is long. */
export async function withLongNames(page: Page): Promise<void> {
  await changed(page, lengthened)
}

/** A list has so many rows, all like its first; `own` are the fields by which a row is itself. */
export async function withManyRows(page: Page, list: string, many: number, own: readonly string[]): Promise<void> {
  let first: Thing | null = null
  await page.route(
    (url) => url.pathname === list,
    async (route: Route) => {
      const url = new URL(route.request().url())
      const from = Number(url.searchParams.get('cursor') ?? 0)
      const limit = Number(url.searchParams.get('limit') ?? 100)
      if (first === null) {
        const answer = (await (await route.fetch()).json()) as { readonly items: readonly Thing[] }
        first = answer.items[0] ?? {}
      }
      const row = first
      const items = Array.from({ length: Math.min(limit, many - from) }, (_, n) => ({
        ...row,
        ...Object.fromEntries(
          own.map((key) => [key, typeof row[key] === 'number' ? from + n + 1 : `${row[key]}-${from + n + 1}`]),
        ),
      }))
      const next = from + limit < many ? String(from + limit) : null
      await route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify({ items, next }) })
    },
  )
}
