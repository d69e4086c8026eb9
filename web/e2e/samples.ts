// SPDX-License-Identifier: Apache-2.0
// Numbers for places that ask for one: of what the reader finds in their own lists.
import type { Stand } from './day.ts'
import { dayFrom, Desk } from './desk.ts'

type Get = (path: string) => Promise<unknown>
type Row = Readonly<Record<string, unknown>>

/** Which list has it, and by what name. */
const FROM: Readonly<Record<string, { list: string; name: string; kind?: string }>> = {
  '/cases/:id': { list: '/api/v1/cases?limit=1', name: 'id' },
  '/households/:code': { list: '/api/v1/households?limit=1', name: 'code' },
  '/register/cases/:id': { list: '/api/v1/register/cases?limit=1', name: 'id' },
  '/register/proposals/:id': { list: '/api/v1/register/proposals', name: 'id' },
  '/rules/:id': { list: '/api/v1/packs', name: 'id' },
  '/whatif/:job': { list: '/api/v1/jobs?limit=100', name: 'id', kind: 'whatif' },
  '/workbooks/:id': { list: '/api/v1/workbooks', name: 'id' },
  '/me/cases/:id': { list: '/api/v1/cases?limit=1', name: 'id' },
  '/round/:household': { list: '/api/v1/households?limit=1', name: 'code' },
}
const FIXED: Readonly<Record<string, string>> = {
  '/boards/:machine': '/boards/warning',
  '/register/propose/:kind?': '/register/propose/birth',
}

/** The place with a number in it; null: this reader has none. */
export async function filledPath(path: string, get: Get): Promise<string | null> {
  if (FIXED[path]) return FIXED[path]
  if (!path.includes(':')) return path
  const from = FROM[path]
  if (!from) throw new Error(`no sample is named for ${path}`)
  const page = (await get(from.list)) as { readonly items: readonly Row[] } | null
  const row = page?.items.find((one) => !from.kind || one['kind'] === from.kind)
  return row ? path.replace(/:\w+/, encodeURIComponent(String(row[from.name]))) : null
}

/** An answer is looked at whole: its job has ended. */
async function over(desk: Desk, job: string): Promise<void> {
  for (let turn = 0; turn < 120; ++turn) {
    const { state } = await desk.get<{ state: string }>(`/api/v1/jobs/${job}`)
    if (state === 'done') return
    if (state !== 'queued' && state !== 'running') throw new Error(`the what-if is ${state}`)
    await new Promise((done) => setTimeout(done, 500))
  }
  throw new Error('the what-if does not end')
}

/** What the sample county has none of by itself. */
export async function makeSamples(stand: Stand): Promise<void> {
  const city = await Desk.of(stand, 'city_monitor_officer')
  const asked = { set: ['mlg_standard_month=700'] }
  const { job } = await city.post<{ job: string }>('/api/v1/whatifs', asked, `walk-${Date.now()}`)
  await over(city, job)
  const town = await Desk.of(stand, 'township_officer')
  const { items } = await town.get<{ items: readonly { code: string }[] }>('/api/v1/households?limit=1')
  const birth = {
    kind: 'birth',
    effective_on: dayFrom(-3),
    paper: '出生医学证明',
    persons: [{ household: items[0]?.code, fields: { name: '新生', relation: '之子' } }],
  }
  await town.post('/api/v1/register/cases', birth, `walk-birth-${Date.now()}`)
}
