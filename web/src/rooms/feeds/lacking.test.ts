// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import { keepSession, type Session } from '../../people/session'
import Compare from '../department/Compare.vue'
import CompareLists from './CompareLists.vue'
import LackingDrawer from './LackingDrawer.vue'

const BUCKETS = { exact: 1, probable: 0, off_roster: 0, review: 0, held: 0, rejected: 0, duplicate: 0 }
const arrival = (id: string, as_of: string) =>
  ({ id, as_of, file: `名单${id}.csv`, buckets: BUCKETS, has_findings: false }) as unknown as Schema['Arrival']
const HOME = { household: 'LC000007', head_name: null, office: null, enrolled_on: '2024-03-01' }
const PAGE = { items: [HOME], next: null, count: 1, not_told: 2, unread: 3 }
const TITLES = {
  ...Object.fromEntries(
    ['levels', 'benefits', 'datasets', 'facts', 'purposes', 'verbs', 'things', 'indicators', 'offices'].map(
      (kind) => [kind, []],
    ),
  ),
  categories: [{ id: 'relapse_monitored', title: { zh: '防止返贫监测对象', en: 'Watched against relapse' } }],
}
/** One of them is the whole roll of a category. */
const DATASETS: { dataset: string; complete_of: string | null }[] = [
  { dataset: 'hr.unemployment_roll', complete_of: null },
  { dataset: 'agriculture.relapse_roll', complete_of: 'relapse_monitored' },
]
const ROUTER = { stubs: { RouterLink: { props: ['to'], template: '<a :href="to"><slot /></a>' } } }
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
type Of = { params: { query: { dataset: string } } }
/** `arrivals` of every roll, or of each by its dataset. */
function asked(page: object, arrivals: Schema['Arrival'][] | Record<string, Schema['Arrival'][]> = []) {
  const came = (of: Of) => (Array.isArray(arrivals) ? arrivals : (arrivals[of.params.query.dataset] ?? []))
  const got = (path: string, of: Of) => {
    if (path === '/api/v1/arrivals') return answer({ items: came(of), next: null })
    if (path === '/api/v1/titles') return answer(TITLES)
    if (path === '/api/v1/datasets') return answer({ items: datasets, departments: [], next: null })
    return answer(path.endsWith('/lacking') ? page : { items: [] })
  }
  return vi.spyOn(api, 'GET').mockImplementation(got as unknown as typeof api.GET)
}
let datasets = DATASETS
afterEach(() => {
  datasets = DATASETS
  vi.restoreAllMocks()
  keepSession(null)
  document.body.innerHTML = ''
})

it('whom the register alone has is listed, with what is not known of others, and nothing is made up', async () => {
  keepSession({ kind: 'staff', rights: ['export:list'] } as unknown as Session)
  asked(PAGE)
  mount(LackingDrawer, {
    props: { arrival: arrival('7', '2025-07-15'), category: 'relapse_monitored' },
    attachTo: document.body,
    global: ROUTER,
  })
  await flushPromises()
  const text = document.body.textContent ?? ''
  expect(text).toContain('LC000007')
  expect(text).toContain('名册登记为“防止返贫监测对象”')
  expect(text).toContain('***')
  expect(text).toContain('另有 2 户')
  expect(text).toContain('名单有 3 行')
  expect(document.querySelectorAll('a[download]')).toHaveLength(2)
})

it('where rows of the roll are kept no longer nobody is said to lack, and nobody not to', async () => {
  keepSession({ kind: 'staff', rights: ['export:list'] } as unknown as Session)
  asked({ ...PAGE, items: [], count: null, not_told: null })
  mount(LackingDrawer, {
    props: { arrival: arrival('7', '2025-07-15'), category: 'relapse_monitored' },
    attachTo: document.body,
    global: ROUTER,
  })
  await flushPromises()
  const text = document.body.textContent ?? ''
  expect(text).toContain('无从得知')
  expect(text).not.toContain('没有只在民政名册上的家庭')
  expect(document.querySelector('a[download]')).toBeNull() // a file without a row would say that nobody lacks
})

describe.each([
  ['a department', Compare],
  ['an office', CompareLists],
])('the difference of two lists to %s', (_, screen) => {
  const shown = () =>
    mount(screen, { attachTo: document.body, global: { ...ROUTER, stubs: { ...ROUTER.stubs, RoomTabs: true } } })
  it('is of the rolls that the datasets name, counted for the newest day alone', async () => {
    const got = asked(PAGE, [arrival('6', '2025-04-15'), arrival('7', '2025-07-15')])
    const page = shown()
    await flushPromises()
    const calls = got.mock.calls as unknown[][]
    const files = calls.filter((call) => call[0] === '/api/v1/arrivals')
    expect(files.map((call) => call[1])).toMatchObject([
      { params: { query: { dataset: 'agriculture.relapse_roll' } } },
    ])
    // The newest first.
    expect(page.findAll('td.ours button').map((button) => button.text())).toEqual(['1', '查看'])
    const counted = calls.filter((call) => call[0] === '/api/v1/arrivals/{id}/lacking')
    expect(counted.map((call) => call[1])).toMatchObject([{ params: { path: { id: '7' }, query: { limit: 1 } } }])
  })
  it('is of the roll that is chosen of several, at first of one of which a file came', async () => {
    const other = 'disabled.roll'
    datasets = [
      { dataset: 'new.roll', complete_of: 'extreme_poverty' },
      { dataset: other, complete_of: 'disability_allowance' },
      ...DATASETS,
    ]
    asked(PAGE, { 'agriculture.relapse_roll': [arrival('7', '2025-07-15')], [other]: [arrival('9', '2025-08-20')] })
    const page = shown()
    await flushPromises()
    const choice = page.get<HTMLSelectElement>('select')
    expect(choice.element.value).toBe(other)
    expect(page.get('table').text()).toContain('名单9.csv')
    await choice.setValue('agriculture.relapse_roll')
    await flushPromises()
    expect(page.get('table').text()).toContain('名单7.csv')
    expect(page.get('table').text()).not.toContain('名单9.csv')
    await choice.setValue('new.roll')
    await flushPromises()
    expect(page.find('table').exists()).toBe(false)
  })
  it('offers no choice of one', async () => {
    asked(PAGE, [arrival('7', '2025-07-15')])
    const page = shown()
    await flushPromises()
    expect(page.find('select').exists()).toBe(false)
  })
  it('says so where no such roll came', async () => {
    asked(PAGE)
    const page = shown()
    await flushPromises()
    expect(page.find('table').exists()).toBe(false)
    expect(page.text()).toMatch(/还没有可比对的名单|没有可以比对的整册名单/)
  })
  it('opens whom the register alone has, and gives the focus back to the number', async () => {
    asked(PAGE, [arrival('7', '2025-07-15')])
    const page = shown()
    await flushPromises()
    const number = page.get<HTMLElement>('td.ours button')
    number.element.focus()
    await number.trigger('click')
    await flushPromises()
    expect(page.get('dialog').text()).toContain('LC000007')
    page.get<HTMLDialogElement>('dialog').element.close()
    await flushPromises()
    expect([page.find('dialog').exists(), document.activeElement]).toEqual([false, number.element])
  })
})

it('a household leads to its page for whoever may read it, and is a number alone to others', async () => {
  const props = { arrival: arrival('7', '2025-07-15'), category: 'relapse_monitored' }
  for (const [rights, links] of [
    [['read:household'], ['/households/LC000007']],
    [[], []],
  ] as const) {
    keepSession({ kind: 'staff', rights } as unknown as Session)
    asked(PAGE)
    const drawer = mount(LackingDrawer, { props, attachTo: document.body, global: ROUTER })
    await flushPromises()
    expect(drawer.findAll('th a').map((link) => link.attributes('href'))).toEqual(links)
    drawer.unmount()
  }
})

it('further pages are asked for behind the last household', async () => {
  const got = asked({ ...PAGE, next: 'further', count: 150 })
  const drawer = mount(LackingDrawer, {
    props: { arrival: arrival('7', '2025-07-15'), category: 'relapse_monitored' },
    attachTo: document.body,
    global: ROUTER,
  })
  await flushPromises()
  const more = drawer.findAll('button').find((button) => button.text() === '显示更多')
  await more?.trigger('click')
  await flushPromises()
  expect((got.mock.calls as unknown[][]).map((call) => call[1])).toMatchObject([
    { params: { query: { limit: 100 } } },
    { params: { query: { limit: 100, cursor: 'further' } } },
  ])
})
