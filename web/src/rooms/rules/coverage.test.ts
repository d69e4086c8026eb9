// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import { clauseNumber } from './coverage'
import PackCoverage from './PackCoverage.vue'

const LINES: Schema['Coverage'][] = [
  {
    clause: 'GD-2.1',
    cited: '二(一)',
    status: 'element',
    served_by: [{ kind: 'category', id: 'mlg' }],
    tests: [
      { kind: 'case', id: 'below-the-line' },
      { kind: 'test', id: 'what is below is below' },
    ],
    record: { zh: '', en: '' },
  },
  {
    clause: 'GD-00',
    cited: 'head/tail',
    status: 'people',
    served_by: [],
    tests: [],
    record: { zh: '由人督导', en: 'Supervised by people' },
  },
]

async function stand() {
  const answer = { data: { items: LINES, next: null }, response: new Response(null, { status: 200 }) }
  vi.spyOn(api, 'GET').mockImplementation((() => Promise.resolve(answer)) as unknown as typeof api.GET)
  const props = { id: 'guangdong-2021', elements: [] }
  const page = mount(PackCoverage, { props, global: { stubs: { ExportMenu: true } } })
  await flushPromises()
  return page
}

describe('a clause and what serves it', () => {
  afterEach(() => vi.restoreAllMocks())
  it('stands as the notice numbers it, its code beside, its tests folded under their number', async () => {
    const page = await stand()
    const [first, second] = page.findAll('tbody tr')
    expect(first?.get('th p').text()).toBe('二(一)')
    expect(first?.get('th code').text()).toBe('GD-2.1')
    const folded = first?.get<HTMLDetailsElement>('details')
    expect(folded?.get('summary').text()).toBe('2 项检验')
    expect(folded?.element.open).toBe(false)
    expect(folded?.findAll('code').map((test) => test.text())).toEqual(['below-the-line', 'what is below is below'])
    expect(second?.find('details').exists()).toBe(false) // nothing is told where nothing tests it
  })
  it('before and behind the numbers is told by a word', () => {
    expect(clauseNumber('head/tail')).toBe('文首、文末')
    expect(clauseNumber('附件3 维度一')).toBe('附件3 维度一')
  })
  it.each([
    ['文末', 'GD-00'],
    ['二(一', 'GD-2.1'],
    ['gd-2', 'GD-2.1'],
    ['Below-', 'GD-2.1'],
  ])('is found by %s', async (sought, code) => {
    const page = await stand()
    await page.get('input[type=search]').setValue(sought)
    expect(page.findAll('tbody tr code.muted').map((one) => one.text())).toContain(code)
    expect(page.findAll('tbody tr')).toHaveLength(1)
  })
})
