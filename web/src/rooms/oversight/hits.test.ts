// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import { keepSession } from '../../people/session'
import RuleHits from './RuleHits.vue'

const CASE = { zh: '救助金发放', en: 'Allowance' }
const HIT = {
  key: 'dead_paid/779/778/2',
  rule: 'dead_paid',
  title: { zh: '死亡后仍在发放', en: 'Paid on after a death' },
  case: '778',
  household: 'LC000203',
  person: '12',
  name: '毛某',
  category: 'minimum_living_guarantee',
  unit: '第一镇',
  look: null,
  sources: [
    {
      case: '779',
      title: CASE,
      event: 1,
      on: '2026-11-18',
      amount: null,
      category: '',
      told: '卫健死亡登记',
      account: '',
    },
    { case: '778', title: CASE, event: 2, on: '2026-10-18', amount: 42000, category: '', told: '', account: '' },
  ],
}
const SHARED = {
  ...HIT,
  key: 'same_account/778/00ff',
  rule: 'same_account',
  sources: [778, 780].map((n) => ({ ...HIT.sources[1], case: String(n), account: '****0121' })),
}
const LOOKED = {
  ...HIT,
  key: 'dead_paid/9/8/2',
  look: { at: '2026-11-27T00:00:00Z', by: 'audit', by_name: '周审', unit: '市局', reason: '误报：日期录错' },
}
const COUNTS = {
  rules: [
    { rule: 'dead_paid', title: HIT.title, count: 2, open: 1, unknown: null },
    { rule: 'same_account', title: { zh: '同一账户', en: 'One account' }, count: 1, open: 1, unknown: 7 },
  ],
}
const answer = (data: unknown) => Promise.resolve({ data, response: new Response(null, { status: 200 }) })
function enter(rights: string[]): void {
  const nobody = { full_name: null, roles: [], unit: null, department: '', csrf: '' }
  keepSession({ kind: 'staff', stage: 'full', user: 'audit', rights, ...nobody })
}
async function screen() {
  const stubs = { RouterLink: { template: '<a><slot /></a>' }, RoomTabs: true, ExportMenu: true }
  const mounted = mount(RuleHits, { global: { stubs }, attachTo: document.body })
  await flushPromises()
  return mounted
}

describe('what rules found', () => {
  beforeEach(() => {
    enter(['read:rule_hit', 'change:rule_hit'])
    const got = (path: string) =>
      answer(
        path.endsWith('/counts') ? COUNTS : path.endsWith('/rule-hits') ? { items: [HIT, LOOKED], next: null } : {},
      )
    vi.spyOn(api, 'GET').mockImplementation(got as unknown as typeof api.GET)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    keepSession(null)
    document.body.innerHTML = ''
  })

  it('stands with the steps on which it stands, and with what was said of it and by whom', async () => {
    const page = await screen()
    const [open, looked] = page.findAll('tbody tr')
    for (const text of ['毛某', 'LC000203', '第一镇', '卫健死亡登记', '420']) expect(open?.text()).toContain(text)
    for (const text of ['误报：日期录错', '周审', '市局']) expect(looked?.text()).toContain(text)
    expect(looked?.find('button').exists()).toBe(false)
    page.unmount()
  })
  it('takes a word with a reason, once', async () => {
    const sent = vi.spyOn(api, 'POST').mockImplementation((() => answer({})) as unknown as typeof api.POST)
    const page = await screen()
    await page.get('tbody button').trigger('click')
    await page.get('textarea').setValue('误报：经查已停发')
    await page.get('dialog form').trigger('submit')
    await flushPromises()
    expect(sent.mock.calls).toMatchObject([
      ['/api/v1/rule-hits/looks', { body: { key: HIT.key, reason: '误报：经查已停发' } }],
    ])
    expect(page.find('dialog').exists()).toBe(false)
    page.unmount()
  })
  it('names the cases that share an account by four digits, and says of how many none is known', async () => {
    const page = await screen()
    expect(page.text()).not.toContain('没有登记账号')
    vi.spyOn(api, 'GET').mockImplementation(((path: string) =>
      answer(path.endsWith('/counts') ? COUNTS : { items: [SHARED], next: null })) as unknown as typeof api.GET)
    await page.findAll('.chip')[1]?.trigger('click')
    await flushPromises()
    for (const text of ['778', '780', '****0121']) expect(page.get('tbody').text()).toContain(text)
    expect(page.text()).toContain('7 笔发放没有登记账号')
    page.unmount()
  })
  it('is no matter for a word of whoever only reads', async () => {
    enter(['read:rule_hit'])
    const page = await screen()
    expect(page.find('tbody button').exists()).toBe(false)
    page.unmount()
  })
})
