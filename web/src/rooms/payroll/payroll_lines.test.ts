// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import { language } from '../../words/language'
import type { PayrollLine } from './payroll'
import PayrollLines from './PayrollLines.vue'

const said = { zh: '低保', en: 'Guarantee' }
const line = (more: Partial<PayrollLine>): Partial<PayrollLine> => ({
  ...{ payment: '7', household: 'LC000026', name: '何*', unit_title: '第一镇', category_title: said, part: 'same' },
  ...{ was: 'paid', was_amount: 42000, standing: 'paid', amount: 42000, back_pay: 0, pays: 42000, step: null },
  ...{ account: '****0121', account_changed: false, account_was: null, account_changes: false, account_next: null },
  ...more,
})
async function shown(more: Partial<PayrollLine>): Promise<string> {
  const answer = { data: { items: [line(more)], next: null }, response: new Response(null, { status: 200 }) }
  vi.spyOn(api, 'GET').mockImplementation((() => Promise.resolve(answer)) as unknown as typeof api.GET)
  const global = { stubs: { RouterLink: { template: '<a><slot /></a>' }, ClauseText: true, MoreRows: true } }
  const page = mount(PayrollLines, { props: { asked: {}, part: 'all', turn: 0 }, global })
  await flushPromises()
  return page.text()
}
afterEach(() => {
  vi.restoreAllMocks()
  language.value = 'zh'
})

describe('a month that two cases pay', () => {
  it('names the other case beside each line, and says what a person does', async () => {
    expect(await shown({ paid_twice_by: [] })).not.toContain('同月也对该户')
    const text = await shown({ paid_twice_by: ['9', '11'] })
    for (const by of ['9', '11'])
      expect(text).toContain(`第 ${by} 号同月也对该户这一类别发放：先核对，暂停或停发其中一件`)
    language.value = 'en'
    expect(await shown({ paid_twice_by: ['9'] })).toContain('Case 9 pays this household the same month, too')
  })
})

describe('the account beside a line', () => {
  it('is four digits, or none that another person admitted', async () => {
    expect(await shown({})).toContain('****0121')
    expect(await shown({})).not.toContain('上月清册为')
    expect(await shown({ account: null })).toContain('没有经核准的账号')
  })
  it('says which the month before had, where it is another', async () => {
    expect(await shown({ account_changed: true, account_was: '****0018' })).toContain('上月清册为 ****0018')
    expect(await shown({ account_changed: true })).toContain('上月清册没有经核准的账号')
  })
  it('says what changed since the month was closed, and that the next payroll has it', async () => {
    const more = { account_changes: true, account_next: '****5678' }
    expect(await shown(more)).toContain('结账后已变更为 ****5678；这份清册仍按结账时的账号，下一份清册起用新账号')
    expect(await shown({ account_changes: true })).toContain('结账后已没有有效的账号')
    language.value = 'en'
    expect(await shown(more)).toContain('Since closing: ****5678')
  })
})
