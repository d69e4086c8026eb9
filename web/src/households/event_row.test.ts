// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../api/client'
import { keepSession } from '../people/session'
import EventTable from './EventTable.vue'

const WORDS = { zh: '失业登记', en: 'Unemployment' }
const EVENT: Schema['ExplainedEvent'] = {
  id: '7.171.12',
  indicator: 'unemployment',
  date: '2025-04-01',
  points: 10,
  grade: 'exact',
  state: 'counted',
  file: '人社_社保停缴.csv',
  row: 171,
  original_proof: null,
  rows_proof: null,
  clause: 'guangdong-2021@1 附件3·一',
  relation: '户主',
  identity_number: '441699********0011',
}
const ROW = {
  id: '7.171.12',
  dataset: 'hr.stops',
  dataset_title: WORDS,
  department: { zh: '人社', en: 'HR' },
  file: EVENT.file,
  row: 171,
  event_date: '2025-04-01',
  told: { name: '王秀英', identity_number: '441699********0011', phone: null },
  values: [{ field: 'reason', heading: '停缴原因', value: '失业' }],
}
const asked = vi.fn((path: string) =>
  Promise.resolve({
    data: path.includes('/events/') ? ROW : { items: [] },
    response: new Response(null, { status: 200 }),
  }),
)
function shown(event: Schema['ExplainedEvent']) {
  return mount(EventTable, {
    props: { events: [event], household: 'LC000001', pack: 'guangdong-2021', caseId: '42' },
    global: { stubs: { RouterLink: RouterLinkStub } },
  })
}
function signIn(rights: readonly string[]): void {
  keepSession({
    kind: 'staff',
    stage: 'full',
    user: 'chen',
    full_name: null,
    roles: [],
    unit: null,
    department: '',
    rights: [...rights],
    csrf: '',
  })
}

describe('an event of a warning', () => {
  beforeEach(() => {
    vi.spyOn(api, 'GET').mockImplementation(asked as unknown as typeof api.GET)
    signIn([])
  })
  afterEach(() => {
    vi.restoreAllMocks()
    asked.mockClear()
    keepSession(null)
  })
  const looks = () => asked.mock.calls.filter(([path]) => path.includes('/events/'))

  it('opens the row that told it, once it is asked for, in the name of its case', async () => {
    const table = shown(EVENT)
    await flushPromises()
    expect(looks()).toEqual([])
    await table.get('button').trigger('click')
    await flushPromises()
    expect(table.text()).toContain('停缴原因')
    expect(table.text()).toContain('失业')
    expect(looks()).toEqual([
      [
        '/api/v1/households/{code}/events/{event}',
        {
          params: { path: { code: 'LC000001', event: '7.171.12' } },
          headers: { 'X-Case': '42', 'X-Purpose': 'monitoring' },
        },
      ],
    ])
    await table.get('button').trigger('click')
    await table.get('button').trigger('click')
    expect(looks()).toHaveLength(1)
  })
  it('opens nothing where its rows were deleted', () => {
    expect(
      shown({ ...EVENT, rows_proof: 3 })
        .find('button')
        .exists(),
    ).toBe(false)
  })
  it('leads from its clause to the element, for who has the rule desk', () => {
    expect(shown(EVENT).findComponent(RouterLinkStub).exists()).toBe(false)
    signIn(['read:pack'])
    expect(shown(EVENT).getComponent(RouterLinkStub).props('to')).toEqual({
      path: '/rules/guangdong-2021',
      query: { tab: 'elements', element: 'unemployment' },
    })
  })
})
