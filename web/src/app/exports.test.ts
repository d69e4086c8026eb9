// SPDX-License-Identifier: Apache-2.0
// Every list can leave as a spreadsheet: each place that reads a list of the server has the export of that list, or the
// table below says why it has none.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const SRC = fileURLToPath(new URL('..', import.meta.url))
const API = readFileSync(join(SRC, '../../api/openapi.yaml'), 'utf8')

/** Lists that are nobody's to take along, or that have no file. */
const NO_FILE: Readonly<Record<string, string>> = {
  '/api/v1/cases/counts': 'numbers beside a list that leaves',
  '/api/v1/cases/{id}/file': 'the case file leaves whole, as its archive',
  '/api/v1/cases/{id}/papers': 'papers are printed, each by itself',
  '/api/v1/cases/{id}/determinations': 'of one case: each is a step of its file',
  '/api/v1/households/{code}/protections': 'of one household',
  '/api/v1/households/{code}/visibility': 'of one household',
  '/api/v1/households/{code}/looks': 'of one household; an auditor takes the whole log',
  '/api/v1/register/near': 'of one household, while a change is written',
  '/api/v1/register/kinds': 'choices of a form',
  '/api/v1/exchange/peers': 'cards, each with its lists, which leave',
  '/api/v1/saved-views/{list}': 'names of one account’s own filters',
  '/api/v1/roles': 'a page to print: what access/roles.yaml says, and choices of a form',
  '/api/v1/session/outside': 'doors of signing in',
  '/api/v1/accounts/{name}/outside': 'of one account',
  '/api/v1/my/chain': 'a citizen prints their own page',
  '/api/v1/my/looks': 'a citizen prints their own page',
  '/api/v1/my/authorisations': 'a citizen prints their own page',
}
/** Files (or places) that read a list which is not the one that their screen shows. */
const NOT_SHOWN: Readonly<Record<string, string>> = {
  '/feeds /api/v1/arrivals': 'the last files; the list itself is /feeds/arrivals',
  'rooms/feeds/RefusalsDrawer.vue /api/v1/arrivals/{id}/refusals': 'buttons of its own: it goes back to the sender',
  'rooms/oversight/OverdueCases.vue /api/v1/cases': 'what is behind one number; the list itself is /todo',
  'rooms/oversight/Replay.vue /api/v1/enactments': 'choices of a form',
  'law/clause.ts /api/v1/packs': 'titles of packs',
  'cases/listed.ts /api/v1/cases': 'on a round, today’s houses alone, which no list leaves the phone',
  'cases/choices.ts /api/v1/units': 'choices of a form',
  'cases/choices.ts /api/v1/colleagues': 'choices of a form',
  'cases/names.ts /api/v1/colleagues': 'names beside logins',
  'cases/accounts.ts /api/v1/accounts': 'choices of a form',
  'cases/first_requests.ts /api/v1/first-requests': 'one of them, read again; the list itself is /apply/first',
  'households/read.ts /api/v1/cases': 'of one household: its page is printed whole',
  'rooms/households/ChangesPanel.vue /api/v1/register/cases': 'of one household: its page is printed whole',
  'rooms/citizen/mine.ts /api/v1/cases': 'a citizen sees their own household alone',
  'rooms/citizen/mine.ts /api/v1/households': 'a citizen sees their own household alone',
  'rooms/round/Opening.vue /api/v1/households': 'today’s houses alone, which no list leaves the phone',
  'rooms/feeds/Desk.vue /api/v1/jobs': 'what is under way; the list itself is /admin/jobs',
  'rooms/office/Closings.vue /api/v1/jobs': 'finds the job that is followed',
  'rooms/feeds/Desk.vue /api/v1/proposals': 'how many wait; the list itself is /proposals',
  'rooms/feeds/MapHeadings.vue /api/v1/jobs': 'what was said of headings before',
  'rooms/feeds/MapHeadings.vue /api/v1/datasets': 'choices of a form',
  'rooms/feeds/rolls.ts /api/v1/datasets': 'which rolls there are; the list itself is /feeds/datasets',
  'api/kept_job.ts /api/v1/jobs': 'finds the job that is followed',
  'rooms/office/Retention.vue /api/v1/jobs': 'finds the job that is followed',
  'rooms/rules/WhatIf.vue /api/v1/jobs': 'the last few runs; the list itself is /admin/jobs',
  'rooms/rules/WhatIf.vue /api/v1/packs': 'choices of a form',
  'rooms/rules/Compare.vue /api/v1/packs': 'choices of a form',
  'rooms/rules/Compare.vue /api/v1/packs/{id}/elements': 'titles of what differs',
  'rooms/rules/PackPage.vue /api/v1/packs': 'titles of packs',
  'rooms/rules/titles.ts /api/v1/packs': 'titles of packs',
  'rooms/rules/titles.ts /api/v1/packs/{id}/elements': 'titles of figures',
  'rooms/rules/PackPage.vue /api/v1/figures': 'which pack is in force',
  'rooms/rules/Packs.vue /api/v1/figures': 'which pack is in force',
  'rooms/rules/titles.ts /api/v1/figures': 'which pack is in force',
  'rooms/office/AnchorCheck.vue /api/v1/audit': 'the last line of one day, to compare',
  'rooms/rhythms/Due.vue /api/v1/rhythms': 'numbers above the list',
  'rooms/rules/PackVersions.vue /api/v1/packs/{id}/diff/{other}':
    'two days of one pack; differences leave from /compare',
  'rooms/rules/PackPapers.vue /api/v1/cases/{id}/papers': 'papers are printed',
}

interface ListOfServer {
  readonly path: string
  readonly hasFile: boolean
}
/** Reads that answer with items: lists. */
function listsOfServer(): ReadonlyMap<string, ListOfServer> {
  const schemas = new Set(
    [...API.matchAll(/^ {4}(\w+):\n(?: {6,}.*\n)*/gm)]
      .filter(([block]) => /^ {8}items: \{type: array/m.test(block))
      .map(([, name]) => name),
  )
  const found = new Map<string, ListOfServer>()
  for (const [block, path = ''] of API.matchAll(/^ {2}(\/api\S+):\n(?: {4,}.*\n)*/gm)) {
    const get = /^ {4}get:\n((?: {6,}.*\n)*)/m.exec(block)?.[1] ?? ''
    const ok = /'200':\n[^]*?schemas\/(\w+)/.exec(get)?.[1]
    if (ok && schemas.has(ok)) found.set(path, { path, hasFile: get.includes('parameters/format') })
  }
  return found
}

const texts = new Map<string, string>()
function textOf(file: string): string {
  const known = texts.get(file)
  if (known !== undefined) return known
  const text = readFileSync(file, 'utf8')
  texts.set(file, text)
  return text
}
/** All files of ours that a file is made of, itself too. */
function madeOf(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found
  found.add(file)
  for (const [, name = ''] of textOf(file).matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)) {
    if (name.endsWith('/schema') || name.endsWith('.css')) continue
    const to = join(dirname(file), name)
    const at = /\.(vue|ts)$/.test(to) ? to : `${to}.ts`
    // The table of all screens is no part of any of them.
    if (!at.endsWith('app/router.ts') && !at.endsWith('places.ts')) madeOf(at, found)
  }
  return found
}
/** `/jobs/${id}/rows` is told as the server's description tells it. */
function asTold(path: string, lists: ReadonlyMap<string, ListOfServer>): readonly string[] {
  const shape = new RegExp(`^${path.replace(/\$\{[^}]+\}/g, '[^/]+')}$`)
  return [...lists.keys()].filter((one) => shape.test(one))
}

const lists = listsOfServer()
const rooms = join(SRC, 'rooms')
const places = readdirSync(rooms).flatMap((room) =>
  [...textOf(join(rooms, room, 'places.ts')).matchAll(/path: '([^']+)'[^]*?import\('([^']+)'\)/g)].map(
    ([, path = '', screen = '']) => ({ path, screen: join(rooms, room, screen) }),
  ),
)

describe('every list of every place', () => {
  it('is found: lists in the description of the API, places in their rooms', () => {
    expect(lists.size).toBeGreaterThan(50)
    expect(lists.get('/api/v1/warnings')?.hasFile).toBe(true)
    expect(lists.get('/api/v1/roles')?.hasFile).toBe(false)
    expect(places.length).toBeGreaterThan(70)
  })

  it('has its export, or a reason why not', () => {
    const lacking = new Set<string>()
    const used = new Set<string>()
    for (const place of places) {
      const files = [...madeOf(place.screen)]
      const exported = new Set(
        files.flatMap((file) =>
          [...textOf(file).matchAll(/<(?:ExportMenu|ListPage|ListCard)[^>]*?path="`?([^"`]+)`?"/g)].flatMap(
            ([, path = '']) => asTold(path, lists),
          ),
        ),
      )
      for (const file of files) {
        for (const [, path = ''] of textOf(file).matchAll(/api\.GET\(\s*'([^']+)'/g)) {
          const reader = `${relative(SRC, file)} ${path}`
          if (!lists.has(path) || exported.has(path)) continue
          const reason =
            [reader, `${place.path} ${path}`].find((one) => NOT_SHOWN[one]) ?? (NO_FILE[path] ? path : '')
          if (reason) used.add(reason)
          else lacking.add(`${place.path}: ${reader}`)
        }
      }
    }
    expect([...lacking]).toEqual([])
    const known = [...Object.keys(NO_FILE), ...Object.keys(NOT_SHOWN)]
    expect(known.filter((one) => !used.has(one))).toEqual([])
  })

  it('lacks a file at the server only where nobody takes it along', () => {
    expect([...lists.values()].filter((list) => !list.hasFile && !NO_FILE[list.path])).toEqual([])
  })
})
