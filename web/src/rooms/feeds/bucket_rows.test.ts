// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import { keepSession } from '../../people/session'
import BucketRows from './BucketRows.vue'
import FileFate from './FileFate.vue'
import ReadingSeen from './ReadingSeen.vue'
import type { ReadingResult } from './reading'
import type { FileResult } from './results'

const NONE = { exact: 0, probable: 0, off_roster: 0, review: 0, held: 0, rejected: 0, duplicate: 0 }
const person = (name: string | null, number: string | null) => ({ name, identity_number: number })
const ROW = { sheet: '', event_date: '2025-07-01', reasons: [] }
const REVIEW = { ...ROW, row: 2, bucket: 'review', persons: [person('王某', '441699********0012')] }
const SHAPE = { code: 'id_shape', text: { zh: '号码位数不对', en: 'wrong length' } }
const REFUSED = { ...ROW, row: 9, event_date: null, bucket: 'rejected', persons: [], reasons: [SHAPE] }
const COUNTS = { ...NONE, review: 1, rejected: 1 }
const FILE = {
  file: '失业.csv',
  refused: null,
  rows: 3,
  rejected: 0,
  remarks: [],
  is_register: false,
  headings: null,
}
const ARRIVAL = { id: '7', file: '失业.csv', has_findings: false } as unknown as Schema['Arrival']
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
const ALL = ['read:feed', 'read:category']
function enter(rights: string[]): void {
  const nobody = { full_name: null, roles: [], unit: null, department: '', csrf: '' }
  keepSession({ kind: 'staff', stage: 'full', user: 'chen', rights, ...nobody })
}
function asked() {
  const got = (_: string, { params }: { params: { query: { buckets: string; reading?: string } } }) => {
    const row = params.query.buckets === 'review' ? REVIEW : REFUSED
    const told = params.query.reading ? { ...row, before: 'exact' } : row
    return answer({ items: [told], next: null, counts: COUNTS, removed: 1, elsewhere: 4 })
  }
  return vi.spyOn(api, 'GET').mockImplementation(got as unknown as typeof api.GET)
}
beforeEach(() => enter(ALL))
afterEach(() => {
  vi.restoreAllMocks()
  keepSession(null)
  document.body.innerHTML = ''
})

describe('the rows behind a bucket', () => {
  it('are told as the server masks them, with what is not listed; another bucket is one press away', async () => {
    const got = asked()
    const props = { arrival: '7', file: '失业.csv', bucket: 'review' as const }
    const screen = mount(BucketRows, { props, attachTo: document.body })
    await flushPromises()
    expect(got.mock.calls[0]).toMatchObject([
      '/api/v1/arrivals/{id}/rows',
      { params: { path: { id: '7' }, query: { buckets: 'review' } } },
    ])
    expect(screen.get('tbody').text()).toContain('王某')
    expect(screen.get('tbody').text()).toContain('441699********0012')
    expect(screen.text()).toContain('另有 4 行')
    expect(screen.text()).toContain('1 行已到保存期限')
    expect(screen.text()).not.toContain('现在的结果')
    await screen
      .findAll('.chip')
      .find((one) => one.text().startsWith('退回'))
      ?.trigger('click')
    await flushPromises()
    expect(screen.get('tbody').text()).toContain('号码位数不对')
    expect(screen.get('tbody').text()).not.toContain('王某')
    screen.unmount()
  })
  it('of a reading that was only looked at name it, and tell where each row stands', async () => {
    const got = asked()
    const props = { arrival: '7', file: '失业.csv', bucket: 'review' as const, reading: '31' }
    const screen = mount(BucketRows, { props, attachTo: document.body })
    await flushPromises()
    expect(got.mock.calls[0]).toMatchObject([
      '/api/v1/arrivals/{id}/rows',
      { params: { query: { buckets: 'review', reading: '31' } } },
    ])
    expect(screen.get('thead').text()).toContain('现在的结果')
    expect(
      screen
        .findAll('tbody td')
        .map((one) => one.text())
        .slice(-2),
    ).toEqual(['精确', '待核'])
    screen.unmount()
  })
})

describe('a number of a bucket', () => {
  const buckets = { ...NONE, exact: 2, review: 1 }
  const fate = () =>
    mount(FileFate, {
      props: { file: { ...FILE, buckets } as unknown as FileResult, arrival: ARRIVAL },
      attachTo: document.body,
    })
  it('opens its rows; one of none does not', async () => {
    const screen = fate()
    const numbers = screen.findAll('button.link')
    expect(numbers.map((one) => one.text())).toEqual(['2', '1'])
    await numbers[1]?.trigger('click')
    expect(screen.emitted('rows')).toEqual([[ARRIVAL, 'review']])
    screen.unmount()
  })
  it('opens nothing for whoever may not read who is on the register', () => {
    enter(['read:feed'])
    const screen = fate()
    expect(screen.findAll('button.link')).toHaveLength(0)
    screen.unmount()
  })
  it('opens as it stood, and as it would be read', async () => {
    const got = asked()
    const result = {
      as_of: '2025-09-30',
      arrival: '7',
      counts: false,
      before: { rows: 3, headings: null, buckets: { ...NONE, review: 3 } },
      file: { ...FILE, arrival: null, buckets: { ...NONE, exact: 2, review: 1 } },
    } as unknown as ReadingResult
    const screen = mount(ReadingSeen, { props: { result, job: '31' }, attachTo: document.body })
    const numbers = screen.findAll('button.link')
    expect(numbers.map((one) => one.text())).toEqual(['2', '3', '1'])
    await numbers[1]?.trigger('click')
    await flushPromises()
    await numbers[2]?.trigger('click')
    await flushPromises()
    const readings = got.mock.calls.map((call) => (call[1] as { params: { query: object } }).params.query)
    expect(readings[0]).not.toHaveProperty('reading')
    screen.unmount()
    const again = mount(ReadingSeen, { props: { result, job: '31' }, attachTo: document.body })
    await again.findAll('button.link')[2]?.trigger('click')
    await flushPromises()
    expect(got.mock.lastCall).toMatchObject([
      '/api/v1/arrivals/{id}/rows',
      { params: { path: { id: '7' }, query: { buckets: 'review', reading: '31' } } },
    ])
    again.unmount()
  })
})
