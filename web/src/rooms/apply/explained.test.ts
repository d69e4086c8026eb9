// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount, RouterLinkStub } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Answer, CategoryAnswer } from './answer'
import Explained from './Explained.vue'

const word = (zh: string) => ({ zh, en: zh })
const CATEGORY: CategoryAnswer = {
  id: 'minimum_living_guarantee',
  title: word('最低生活保障对象'),
  member: null,
  verdict: 'yes',
  cite: '57号',
  lines: [
    {
      say: word('家庭月收入低于保障标准乘以人口数'),
      text: 'income_month < param.mlg_standard_month * household_size',
      verdict: 'met',
      cite: '57号',
      figures: [{ text: 'a < b', left: { masked: true }, right: '1896.00', verdict: 'met' }],
      missing: [],
    },
  ],
  unless: null,
  missing: { smallest: [], is_exact: true, ask_first: null },
  sample: false,
  covers: [],
  maybe_covers: [],
  confirmed_by: null,
  valid_months: null,
  clocks: [],
  changes: [],
  facts: [],
}
const ANSWER = {
  region: '441622',
  as_of: '2026-11-27',
  rules: word('样例'),
  sample: false,
  missing_facts: [],
  used_facts: [],
  questions: [],
  categories: [CATEGORY],
  benefits: [],
  papers: { left_out: [] },
  masked: ['means', 'identity_number'],
  withheld: ['illness'],
} as unknown as Answer

function explained(answer: Answer, household?: string) {
  const props = { answer, labels: [], names: [], ...(household ? { household } : {}) }
  return mount(Explained, { props, global: { stubs: { RouterLink: RouterLinkStub } } })
}

describe('an assessment by what its officer is not shown', () => {
  it('tells the verdict, the line and the clause, that the figure is kept back, and where to see it', () => {
    const page = explained(ANSWER, 'LC000001')
    expect(page.text()).toContain('符合')
    expect(page.text()).toContain('未公开 < 1896.00')
    expect(page.text()).toContain('收入财产、出生日期')
    expect(page.text()).toContain('疾病')
    expect(page.getComponent(RouterLinkStub).props('to')).toBe('/households/LC000001')
  })
  it('of nobody on the register says neither', () => {
    const page = explained({ ...ANSWER, masked: [], withheld: [] })
    expect(page.findComponent(RouterLinkStub).exists()).toBe(false)
    expect(page.text()).not.toContain('未用于判定')
  })
})
