// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import { forgetJobs } from '../../api/kept_job'
import WorkbookPage from './WorkbookPage.vue'

vi.mock('../../cases/procedures', async (whole) => ({
  ...(await whole<object>()),
  readProcedures: () => Promise.resolve(),
  fieldOf: (id: string) => ({ id, type: 'users', words: [] }),
}))
vi.mock('../../people/offices', () => ({ readEveryOffice: () => Promise.resolve([]) }))
vi.mock('../../law/titles', () => ({ readTitles: () => Promise.resolve(), allTitles: () => [] }))

const BOOK: Schema['Workbook'] = {
  id: '4',
  machine: 'rhythms.due',
  title: { zh: '到期复核', en: 'Due for review' },
  file: 'due.xlsx',
  at: '2026-11-27T00:00:00.000000Z',
  by: 'town',
  by_name: '陈立',
  unit: '第一镇',
  unchanged: 0,
  rows: { waiting: 2, refused: 1, made: 0, moved_on: 0, left: 0 },
  waiting_rows: [1, 3],
}
const line = (number: number, outcome: Schema['WorkbookRow']['outcome']): Schema['WorkbookRow'] => ({
  number,
  sheet: '到期复核',
  row: number + 1,
  case: null,
  household: `LC${number}`,
  outcome,
  event: 0,
  move: { id: 'open', title: { zh: '发起办理', en: 'Open' } },
  on: null,
  state: null,
  changes:
    number === 1
      ? [{ field: 'officers', title: { zh: '入户人员', en: 'Officers' }, before: ['town'], after: ['town', 'away'] }]
      : [],
  refusals: [],
  faults: [],
})

const COLLEAGUES = [{ name: 'town', full_name: '陈立', unit: '第一镇', roles: [], self: true }]
const answered = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })

function stand(items = [line(1, 'waiting'), line(2, 'refused'), line(3, 'waiting')]) {
  const bodies: unknown[] = []
  vi.spyOn(api, 'GET').mockImplementation(((path: string) => {
    if (path === '/api/v1/colleagues') return answered({ items: COLLEAGUES, next: null })
    const data = path.endsWith('/rows') ? { items, next: null } : BOOK
    return answered(data)
  }) as unknown as typeof api.GET)
  vi.spyOn(api, 'POST').mockImplementation(((path: string, { body }: { body: unknown }) => {
    bodies.push({ path, body })
    return Promise.resolve({ data: { job: '9' }, response: new Response(null, { status: 202 }) })
  }) as unknown as typeof api.POST)
  const stubs = {
    RouterLink: true,
    BatchCard: true,
    Page: { template: '<div><slot name="actions" /><slot /></div>' },
  }
  return { bodies, page: mount(WorkbookPage, { props: { id: '4' }, global: { stubs }, attachTo: document.body }) }
}

async function say(page: ReturnType<typeof stand>['page'], word: string): Promise<void> {
  await page
    .findAll('button')
    .find((one) => one.text() === word)
    ?.trigger('click')
  await flushPromises()
  await page.get('form').trigger('submit')
  await flushPromises()
}

describe('the rows of a workbook', () => {
  afterEach(() => {
    forgetJobs()
    vi.restoreAllMocks()
  })
  it('are approved by one job of all that wait, whatever of them is shown', async () => {
    const { bodies, page } = stand()
    await flushPromises()
    await say(page, '全部采用')
    const told = { workbook: '4', verdict: 'take' }
    expect(bodies).toEqual([{ path: '/api/v1/batches', body: { what: 'approve', subjects: ['1', '3'], told } }])
    expect(sessionStorage.getItem('doudi.job.batch.workbooks.4')).toBe('9') // a reload finds it
    page.unmount()
  })
  it('or of those that were chosen', async () => {
    const { bodies, page } = stand()
    await flushPromises()
    const boxes = page.findAll('input[type=checkbox]')
    expect(boxes).toHaveLength(2) // what cannot be read is not chosen
    await boxes[1]?.setValue(true)
    await say(page, '采用所选 1 行')
    const told = { workbook: '4', verdict: 'take' }
    expect(bodies).toEqual([{ path: '/api/v1/batches', body: { what: 'approve', subjects: ['3'], told } }])
    page.unmount()
  })
  it('of first requests name them by their receipt: they are about no household', async () => {
    const { page } = stand([{ ...line(1, 'waiting'), household: null, changes: [], receipt: '0a1b2c3d4e' }])
    await flushPromises()
    expect(page.get('.row').text()).toContain('回执号 0a1b2c3d4e')
    page.unmount()
  })
  it('name who went to a door; whoever is of another office stands as they sign in', async () => {
    const { page } = stand()
    await flushPromises()
    expect(page.findAll('td').map((cell) => cell.text())).toEqual(['入户人员', '陈立', '陈立、away'])
    page.unmount()
  })
})
