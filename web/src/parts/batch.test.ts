// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { defineComponent, h } from 'vue'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../api/client'
import { forgetJobs } from '../api/kept_job'
import { sumOf, useBatch } from './batch'
import BatchCard from './BatchCard.vue'

const RESULT: Schema['BatchResult'] = {
  what: 'move',
  rows: 3,
  made: 1,
  already_there: 1,
  kept_late: 0,
  refused: 1,
  not_there: 0,
  failed: 0,
  not_tried: 0,
}
const ROWS: Schema['BatchRow'][] = [
  { subject: '12', household: 'LC000012', case: '12', outcome: 'made', reason: null },
  { subject: '13', household: null, case: '13', outcome: 'already_there', reason: null },
  { subject: '14', household: null, case: '14', outcome: 'refused', reason: { zh: '日期在后', en: 'later' } },
]
const job = (id: string, state: Schema['Job']['state'], result: Schema['JobResult']) => ({
  id,
  kind: 'batch',
  title: { zh: '批量办理', en: 'many' },
  state,
  stage: { zh: '', en: '' },
  done: 3,
  total: 3,
  attempts: 1,
  parameters: { what: 'move', step: 'accept', count: 3, key: 'k' },
  result,
  fault: null,
  queued_at: '2026-11-27T00:00:00.000000Z',
  started_at: null,
  ended_at: null,
})
let posted: string[] = []
let state: Schema['Job']['state'] = 'done'

/** What is shown of it by the screen that asked, and by the one that comes after a reload. */
function stand(): { shown: VueWrapper; over: () => number } {
  let times = 0
  const screen = defineComponent({
    setup() {
      const batch = useBatch('todo')
      return () => [
        h('i', { onClick: () => void batch.start({ what: 'move', subjects: ['12'], told: { move: 'accept' } }) }),
        h(BatchCard, { batch, onOver: () => (times += 1) }),
      ]
    },
  })
  return { shown: mount(screen, { global: { stubs: { RouterLink: true } } }), over: () => times }
}

describe('one thing done to many', () => {
  beforeEach(() => {
    posted = []
    state = 'done'
    vi.spyOn(api, 'GET').mockImplementation(((path: string, { params }: { params: { path: { id: string } } }) => {
      const data = path.endsWith('/rows')
        ? { items: ROWS, next: null }
        : job(params.path.id, state, state === 'done' ? RESULT : null)
      return Promise.resolve({ data, response: new Response(null, { status: 200 }) })
    }) as unknown as typeof api.GET)
    vi.spyOn(api, 'POST').mockImplementation(((path: string) => {
      posted.push(path)
      if (path.endsWith('/run-again')) state = 'done'
      return Promise.resolve({
        data: { job: String(6 + posted.length) },
        response: new Response(null, { status: 202 }),
      })
    }) as unknown as typeof api.POST)
  })
  afterEach(() => {
    forgetJobs()
    vi.restoreAllMocks()
  })
  it('shows the answer of each, also after a reload, until it is closed', async () => {
    const first = stand()
    expect(first.shown.find('section').exists()).toBe(false)
    await first.shown.get('i').trigger('click')
    await flushPromises()
    expect(first.shown.findAll('tbody tr')).toHaveLength(3)
    first.shown.unmount()
    const { shown, over } = stand()
    await flushPromises()
    expect([shown.findAll('tbody tr').length, over()]).toEqual([3, 1])
    expect(shown.text()).toContain('办成 2 件，未办成 1 件')
    expect(shown.text()).toContain('日期在后')
    const close = shown.findAll('button').find((one) => one.text() === '关闭')
    await close?.trigger('click')
    expect(shown.find('section').exists()).toBe(false)
    shown.unmount()
    const again = stand()
    expect(again.shown.find('section').exists()).toBe(false)
    again.shown.unmount()
  })
  it('has its rest done by another job, which is followed', async () => {
    const { shown } = stand()
    await shown.get('i').trigger('click')
    await flushPromises()
    await shown
      .findAll('button')
      .find((one) => one.text() === '未办成的再办一次')
      ?.trigger('click')
    await flushPromises()
    expect(posted).toEqual(['/api/v1/batches', '/api/v1/batches/{id}/rest'])
    expect(sessionStorage.getItem('doudi.job.batch.todo')).toBe('8')
    shown.unmount()
  })
  it('goes on where the server ended in the middle', async () => {
    state = 'interrupted'
    const { shown } = stand()
    await shown.get('i').trigger('click')
    await flushPromises()
    expect(shown.find('table').exists()).toBe(false)
    await shown
      .findAll('button')
      .find((one) => one.text() === '接着办理')
      ?.trigger('click')
    await flushPromises()
    expect(posted.at(-1)).toBe('/api/v1/jobs/{id}/run-again')
    expect(shown.findAll('tbody tr')).toHaveLength(3)
    shown.unmount()
  })
  it('counts what may be tried again', () => {
    expect(sumOf(RESULT)).toEqual({ good: 2, rest: 1 })
    expect(sumOf({ ...RESULT, kept_late: 4, not_tried: 5 })).toEqual({ good: 2, rest: 6 })
    expect(sumOf({ closed: [], not_open: [], unknown: [] })).toBeNull()
  })
})
