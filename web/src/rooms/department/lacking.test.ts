// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import { keepSession, type Session } from '../../people/session'
import Compare from './Compare.vue'
import LackingDrawer from './LackingDrawer.vue'

const BUCKETS = { exact: 1, probable: 0, off_roster: 0, review: 0, held: 0, rejected: 0, duplicate: 0 }
const arrival = (id: string, as_of: string) =>
  ({ id, as_of, file: `名单${id}.csv`, buckets: BUCKETS, has_findings: false }) as unknown as Schema['Arrival']
const HOME = { household: 'LC000007', head_name: null, office: null, enrolled_on: '2024-03-01' }
const PAGE = { items: [HOME], next: null, count: 1, not_told: 2, unread: 3 }
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
function asked(page: object, arrivals: readonly Schema['Arrival'][] = []) {
  const got = (path: string) => {
    if (path === '/api/v1/arrivals') return answer({ items: arrivals, next: null })
    return answer(path.endsWith('/lacking') ? page : { items: [] })
  }
  return vi.spyOn(api, 'GET').mockImplementation(got as unknown as typeof api.GET)
}
afterEach(() => {
  vi.restoreAllMocks()
  keepSession(null)
  document.body.innerHTML = ''
})

it('whom the register alone has is listed, with what is not known of others, and nothing is made up', async () => {
  keepSession({ kind: 'staff', rights: ['export:list'] } as unknown as Session)
  asked(PAGE)
  mount(LackingDrawer, { props: { arrival: arrival('7', '2025-07-15') }, attachTo: document.body })
  await flushPromises()
  const text = document.body.textContent ?? ''
  expect(text).toContain('LC000007')
  expect(text).toContain('***')
  expect(text).toContain('另有 2 户')
  expect(text).toContain('名单有 3 行')
  expect(document.querySelectorAll('a[download]')).toHaveLength(2)
})

it('where rows of the roll are kept no longer nobody is said to lack, and nobody not to', async () => {
  keepSession({ kind: 'staff', rights: ['export:list'] } as unknown as Session)
  asked({ ...PAGE, items: [], count: null, not_told: null })
  mount(LackingDrawer, { props: { arrival: arrival('7', '2025-07-15') }, attachTo: document.body })
  await flushPromises()
  const text = document.body.textContent ?? ''
  expect(text).toContain('无从得知')
  expect(text).not.toContain('没有只在民政名册上的家庭')
  expect(document.querySelector('a[download]')).toBeNull() // a file without a row would say that nobody lacks
})

it('of the newest day it is counted, of earlier ones told when it is asked for', async () => {
  const got = asked(PAGE, [arrival('6', '2025-04-15'), arrival('7', '2025-07-15')])
  const screen = mount(Compare, { attachTo: document.body, global: { stubs: { RouterLink: true } } })
  await flushPromises()
  const buttons = screen.findAll('td.ours button').map((button) => button.text())
  expect(buttons).toEqual(['1', '查看'])
  const counted = (got.mock.calls as unknown[][]).filter((call) => call[0] === '/api/v1/arrivals/{id}/lacking')
  expect(counted.map((call) => call[1])).toMatchObject([{ params: { path: { id: '7' }, query: { limit: 1 } } }])
})
