// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import { keepSession } from '../../people/session'
import DatasetDrawer from './DatasetDrawer.vue'
import { wholeMap } from './headings'
import MapHeadings from './MapHeadings.vue'

const FIELD = { title: '身份证号', required: true, heading: '身份证号' }
const HALF = {
  row: 1,
  dataset: 'hr.unemployment_roll',
  dataset_title: { zh: '失业登记名册', en: 'Roll' },
  unknown: ['人员'],
  fields: [
    { ...FIELD, field: 'id_number' },
    { field: 'name', title: '姓名', required: false, heading: null },
  ],
}
const MAP = { dataset: HALF.dataset, columns: [{ heading: '人员', field: 'name' }] }
const NONE = { exact: 0, probable: 0, off_roster: 0, review: 0, held: 0, rejected: 0, duplicate: 0 }
const ARRIVAL = { id: '7', headings: null, replaces: null, replaced_by: null } as unknown as Schema['Arrival']
const FILE = { file: '失业.csv', refused: null, rows: 3, rejected: 0, remarks: [] }
const READ = {
  id: '31',
  kind: 'reading',
  state: 'done',
  parameters: {},
  result: {
    counts: false,
    before: { rows: 3, headings: null, buckets: { ...NONE, exact: 3 } },
    file: { ...FILE, buckets: { ...NONE, exact: 2, review: 1 } },
  },
}
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
const RIGHTS = ['read:feed', 'create:feed', 'propose:feed']
function enter(rights: string[]): void {
  const nobody = { full_name: null, roles: [], unit: null, department: '', csrf: '' }
  keepSession({ kind: 'staff', stage: 'full', user: 'chen', rights, ...nobody })
}
function posted() {
  const taken = (path: string) => answer(path.endsWith('/readings') ? { job: '31' } : {})
  return vi.spyOn(api, 'POST').mockImplementation(taken as unknown as typeof api.POST)
}
async function drawer(arrival: Schema['Arrival'] | undefined, upload: string | null = null) {
  const props = { file: '失业.csv', headings: HALF, upload, asOf: '2025-09-30', arrival }
  const screen = mount(MapHeadings, { props, attachTo: document.body })
  await flushPromises()
  return screen
}
type Screen = Awaited<ReturnType<typeof drawer>>
const button = (screen: Screen, text: string) => screen.findAll('button').find((one) => one.text() === text)
async function press(screen: Screen, text: string): Promise<void> {
  await button(screen, text)?.trigger('click')
  await flushPromises()
}

let read: unknown = READ
beforeEach(() => {
  read = READ
  enter(RIGHTS)
  const got = (path: string) => answer(path === '/api/v1/jobs/{id}' ? read : { items: [] })
  vi.spyOn(api, 'GET').mockImplementation(got as unknown as typeof api.GET)
})
afterEach(() => {
  vi.restoreAllMocks()
  keepSession(null)
  sessionStorage.clear()
  document.body.innerHTML = ''
})

describe('a file of which some fields were not read', () => {
  it('is read again to be seen; it counts by a word of its own, which names what was seen', async () => {
    const sent = posted()
    const screen = await drawer(ARRIVAL)
    expect(button(screen, '按此计入')).toBeUndefined()
    expect(button(screen, '试读，看结果')?.attributes('disabled')).toBeDefined()
    await screen.get('select[aria-label=姓名]').setValue('人员')
    await press(screen, '试读，看结果')
    expect(sent.mock.calls[0]).toMatchObject([
      '/api/v1/arrivals/{id}/readings',
      { params: { path: { id: '7' } }, body: { headings: MAP } },
    ])
    expect(screen.text()).toContain('还没有计入')
    const changed = screen.findAll('tbody strong').map((one) => one.text())
    expect(changed).toEqual(['2', '1'])
    expect(screen.emitted('asked')).toBeUndefined()
    await press(screen, '按此计入')
    expect(sent.mock.calls[1]).toMatchObject([
      '/api/v1/arrivals/{id}/readings',
      { params: { path: { id: '7' } }, body: { seen: '31' } },
    ])
    expect(screen.emitted('asked')).toEqual([['31']])
    screen.unmount()
  })
  it('is found again after a reload, with what was said for it, and may count then', async () => {
    read = { ...READ, parameters: { headings: MAP } }
    const sent = posted()
    const before = await drawer(ARRIVAL)
    await before.get('select[aria-label=姓名]').setValue('人员')
    await press(before, '试读，看结果')
    before.unmount()
    const screen = await drawer(ARRIVAL)
    expect((screen.get('select[aria-label=姓名]').element as HTMLSelectElement).value).toBe('人员')
    await press(screen, '按此计入')
    expect(sent.mock.lastCall).toMatchObject(['/api/v1/arrivals/{id}/readings', { body: { seen: '31' } }])
    screen.unmount()
    const over = await drawer(ARRIVAL)
    expect(button(over, '按此计入')).toBeUndefined()
    over.unmount()
  })
  it('does not count by what was seen before something else was said', async () => {
    posted()
    const screen = await drawer(ARRIVAL)
    await screen.get('select[aria-label=姓名]').setValue('人员')
    await press(screen, '试读，看结果')
    expect(button(screen, '按此计入')).toBeDefined()
    await screen.get('select[aria-label=姓名]').setValue('')
    expect(button(screen, '按此计入')).toBeUndefined()
    screen.unmount()
  })
  it('cannot count where it would be refused', async () => {
    posted()
    const why = { code: 'other_dataset', text: { zh: '成了另一种数据', en: 'other' }, where: '' }
    read = { ...READ, result: { ...READ.result, file: { ...FILE, refused: why } } }
    const screen = await drawer(ARRIVAL)
    await screen.get('select[aria-label=姓名]').setValue('人员')
    await press(screen, '试读，看结果')
    expect(screen.text()).toContain('成了另一种数据')
    expect(button(screen, '按此计入')).toBeUndefined()
    screen.unmount()
  })
})

describe('what was said of a file that was read', () => {
  it('goes back by the same way, and what was said before stays beside what is said now', async () => {
    const sent = posted()
    const screen = await drawer({ ...ARRIVAL, headings: MAP })
    expect(screen.text()).toContain('人员 → 姓名')
    await press(screen, '试读：不用人工对照')
    expect(sent.mock.calls[0]).toMatchObject([
      '/api/v1/arrivals/{id}/readings',
      { body: { headings: { dataset: HALF.dataset, columns: [] } } },
    ])
    screen.unmount()
    expect(wholeMap(MAP, HALF.dataset, { reason: '备注' }).columns).toEqual([
      { heading: '人员', field: 'name' },
      { heading: '备注', field: 'reason' },
    ])
    expect(wholeMap(MAP, HALF.dataset, { name: '备注' }).columns).toEqual([{ heading: '备注', field: 'name' }])
    expect(wholeMap(MAP, HALF.dataset, { reason: '人员' }).columns).toEqual([{ heading: '人员', field: 'reason' }])
  })
  it('is only shown to whoever may not read files in, and once another reading stands', async () => {
    for (const [rights, arrival] of [
      [['read:feed'], ARRIVAL],
      [RIGHTS, { ...ARRIVAL, replaced_by: '8' }],
      [RIGHTS, undefined],
    ] as const) {
      enter([...rights])
      const screen = await drawer(arrival)
      expect(screen.find('select').exists()).toBe(false)
      expect(button(screen, '试读，看结果')).toBeUndefined()
      screen.unmount()
    }
  })
})

describe('headings for later files', () => {
  it('are proposed with a reason by whoever may', async () => {
    const sent = posted()
    const screen = await drawer(ARRIVAL)
    expect(button(screen, '以后也这样读…')).toBeUndefined()
    await screen.get('select[aria-label=姓名]').setValue('人员')
    await press(screen, '以后也这样读…')
    await screen.get('textarea').setValue('新系统的表头')
    await screen.get('dialog form').trigger('submit')
    await flushPromises()
    expect(sent.mock.calls).toEqual([
      ['/api/v1/proposals', { body: { kind: 'headings', keep: true, headings: MAP, reason: '新系统的表头' } }],
    ])
    screen.unmount()
    enter(['read:feed', 'create:feed'])
    const other = await drawer(ARRIVAL)
    await other.get('select[aria-label=姓名]').setValue('人员')
    expect(button(other, '以后也这样读…')).toBeUndefined()
    other.unmount()
  })
  it('stand with their office in the dataset; one’s own are ended by a proposal', async () => {
    const sent = posted()
    const kept = [
      { heading: '人员', unit: '样例县', is_own: true, kept_at: '2026-11-27T00:00:00Z' },
      { heading: '人名', unit: '样例市', is_own: false, kept_at: '2026-11-27T00:00:00Z' },
    ]
    const column = { field: 'name', type: 'name', required: false, headings: ['姓名'], kept }
    const title = { zh: '失业登记名册', en: 'Roll' }
    const dataset = {
      dataset: HALF.dataset,
      title,
      department_title: title,
      delivery: 'whole_roll',
      state: 'fresh',
      last: null,
      due_by: null,
      max_age_days: null,
      complete: null,
      asks_for_papers: false,
      columns: [column],
    } as unknown as Schema['Dataset']
    const stubs = { RouterLink: true }
    const screen = mount(DatasetDrawer, { props: { dataset }, global: { stubs }, attachTo: document.body })
    expect(screen.text()).toContain('样例市保留')
    const ends = screen.findAll('button').filter((one) => one.text() === '不再保留…')
    expect(ends).toHaveLength(1)
    await ends[0]?.trigger('click')
    await screen.get('textarea').setValue('换回原表头')
    await screen.get('dialog form').trigger('submit')
    await flushPromises()
    expect(sent.mock.calls).toEqual([
      ['/api/v1/proposals', { body: { kind: 'headings', keep: false, headings: MAP, reason: '换回原表头' } }],
    ])
    screen.unmount()
  })
})
