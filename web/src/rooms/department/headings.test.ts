// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import { keepSession } from '../../people/session'
import { templateOf } from '../feeds/headings'
import MapHeadings from '../feeds/MapHeadings.vue'
import type { ImportResult } from '../feeds/results'
import AskedHeadings from './AskedHeadings.vue'
import FormSummary from './FormSummary.vue'

const title = { zh: '失业登记名册', en: 'Roll' }
const column = (field: string, required: boolean, headings: string[]) => ({
  field,
  type: 'text' as const,
  required,
  headings,
  kept: [],
})
const COLUMNS = [
  column('note', false, ['备注']),
  column('id_number', true, ['身份证号', '证件号码']),
  column('name', false, ['姓名']),
]
const OWN = { dataset: 'hr.unemployment_roll', title, department_title: title, columns: COLUMNS }
/** Nearest is another department's. */
const SEEN = {
  row: 1,
  dataset: 'housing.rents',
  dataset_title: { zh: '租金', en: 'Rents' },
  unknown: ['公民证号', '姓名'],
  fields: [{ field: 'rent', title: '租金', required: true, heading: null }],
}
const REFUSED = {
  file: '失业.csv',
  dataset: '',
  refused: { code: 'unknown_headings', text: { zh: '表头不认识', en: 'unknown' }, where: '' },
  rows: 0,
  rejected: 0,
  remarks: [],
  headings: SEEN,
  upload: 'u1',
}
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
beforeEach(() => {
  const rights = ['read:feed', 'create:feed', 'propose:feed']
  const nobody = { full_name: null, roles: [], unit: null, csrf: '' }
  keepSession({ kind: 'staff', stage: 'full', user: 'hr', rights, department: 'hr', ...nobody })
})
afterEach(() => {
  vi.restoreAllMocks()
  keepSession(null)
  document.body.innerHTML = ''
})

describe('a file of a department with headings that nobody knows', () => {
  it('can be matched; one without any known heading points at what is expected', async () => {
    const files = [REFUSED, { ...REFUSED, headings: null }]
    const screen = mount(FormSummary, { props: { result: { files } as unknown as ImportResult } })
    const buttons = screen.findAll('button')
    expect(buttons).toHaveLength(1)
    await buttons[0]?.trigger('click')
    expect(screen.emitted('match')).toEqual([[REFUSED]])
    expect(screen.text()).toContain('报送的数据和表头')
  })
  it('is matched against its own datasets and their synonyms; what is to stay is asked for', async () => {
    const got = (path: string) => answer({ items: path === '/api/v1/datasets' ? [OWN] : [] })
    vi.spyOn(api, 'GET').mockImplementation(got as unknown as typeof api.GET)
    const posted = (path: string) => answer(path === '/api/v1/imports' ? { job: '9' } : {})
    const sent = vi.spyOn(api, 'POST').mockImplementation(posted as unknown as typeof api.POST)
    const props = { file: REFUSED.file, headings: SEEN, upload: 'u1', asOf: '2025-09-30' }
    const screen = mount(MapHeadings, { props, attachTo: document.body })
    await flushPromises()
    expect((screen.get('#heading-dataset').element as HTMLSelectElement).value).toBe(OWN.dataset)
    expect(screen.text()).toContain('身份证号、证件号码')
    await screen.get('select[aria-label=身份证号]').setValue('公民证号')
    const press = (text: string) =>
      screen
        .findAll('button')
        .find((one) => one.text() === text)
        ?.trigger('click')
    await press('以后也这样读…')
    expect(screen.text()).toContain('请民政部门以后也这样读取')
    await screen.get('textarea').setValue('新系统的表头')
    await screen.get('dialog form').trigger('submit')
    await flushPromises()
    await press('按此读取这个文件')
    await flushPromises()
    const map = { dataset: OWN.dataset, columns: [{ heading: '公民证号', field: 'id_number' }] }
    expect(sent.mock.calls).toMatchObject([
      ['/api/v1/proposals', { body: { kind: 'headings', keep: true, headings: map, reason: '新系统的表头' } }],
      ['/api/v1/imports', { body: { uploads: ['u1'], headings: map } }],
    ])
    expect(screen.emitted('asked')).toEqual([['9']])
    screen.unmount()
  })
  it('has a template: the usual headings, required ones first', () => {
    expect(templateOf({ columns: COLUMNS } as never)).toBe('\uFEFF身份证号,备注,姓名\r\n')
    const odd = [column('a', true, ['金额,元'])]
    expect(templateOf({ columns: odd } as never)).toBe('\uFEFF"金额,元"\r\n')
  })
})

describe('what a department asked to be read so', () => {
  it('is told with its state and the answer; other proposals are none of it', async () => {
    const one = { kind: 'headings', mine: true, reason: '新系统', answer: '', proposed_at: '2025-09-01T00:00:00.0Z' }
    const refused = {
      ...one,
      id: '2',
      state: 'refused',
      answer: '请用统一表头',
      proposed_at: '2025-09-02T00:00:00.0Z',
    }
    const got = (_: string, { params }: { params: { query: { state: string } } }) =>
      answer({
        items:
          params.query.state === 'refused'
            ? [refused]
            : params.query.state === 'open'
              ? [
                  { ...one, id: '1', state: 'open' },
                  { ...one, id: '3', state: 'open', kind: 'figures', reason: '别的' },
                ]
              : [],
      })
    vi.spyOn(api, 'GET').mockImplementation(got as unknown as typeof api.GET)
    const screen = mount(AskedHeadings)
    await flushPromises()
    const rows = screen.findAll('li').map((row) => row.text())
    expect(rows).toHaveLength(2)
    expect(rows[0]).toContain('未批准')
    expect(rows[0]).toContain('答复：请用统一表头')
    expect(rows[1]).toContain('等待民政批准')
  })
})
