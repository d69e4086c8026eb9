// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const word = { zh: '国家', en: 'national' }
const TITLES = {
  ...{
    pack: 'guangdong-2021',
    pack_title: word,
    offices: [],
    levels: [],
    categories: [],
    benefits: [],
    datasets: [],
  },
  ...{
    facts: [],
    purposes: [],
    verbs: [],
    things: [],
    indicators: [{ id: 'I1', title: { zh: '重病', en: 'illness' } }],
  },
}
const PACK = { id: 'guangdong-2021', levels: [{ id: 'red', working_days: 3, target: null }] }

beforeEach(() => vi.resetModules())
afterEach(() => vi.restoreAllMocks())

/** The pack as a screen reads it that is new; what is asked of the server for it. */
async function read(status: number) {
  const { api } = await import('../api/client')
  const got = vi.spyOn(api, 'GET').mockImplementation(((path: string) => {
    const isPack = path === '/api/v1/packs/{id}'
    const response = new Response(null, { status: isPack ? status : 200 })
    const error = { code: 'no_such_pack', detail: '' }
    if (isPack && status !== 200) return Promise.resolve({ error, response })
    return Promise.resolve({ data: isPack ? PACK : TITLES, response })
  }) as unknown as typeof api.GET)
  const law = await import('./pack')
  const pack = await law.readPack()
  await law.readPack()
  return { law, pack, asked: got.mock.calls as unknown as [string, { params?: object }?][] }
}

it('is asked for by the name that the titles tell, once, and without all procedures', async () => {
  const { law, pack, asked } = await read(200)
  expect(asked.map(([path]) => path)).toEqual(['/api/v1/titles', '/api/v1/packs/{id}'])
  expect(asked[1]?.[1]).toEqual({ params: { path: { id: 'guangdong-2021' } } })
  expect(pack?.id).toBe('guangdong-2021')
  expect(law.levelOf('red')?.working_days).toBe(3)
  expect(law.indicatorTitle('I1').zh).toBe('重病')
})
it('is not there for whoever may not read it, and titles are', async () => {
  const { law, pack } = await read(404)
  expect(pack).toBeNull()
  expect(law.levelOf('red')).toBeUndefined()
  expect(law.indicatorTitle('I1').zh).toBe('重病')
})
