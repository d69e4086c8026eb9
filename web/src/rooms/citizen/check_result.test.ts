// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Outcome } from './check'
import CheckResult from './CheckResult.vue'

type Category = Outcome['categories'][number]
const RULES = { zh: '广东省帮扶（2021）', en: 'Guangdong' }
const missing = (title: string, ask: string, is_unset = false): Category['missing'][number] => ({
  title: { zh: title, en: title },
  ask: { zh: ask, en: ask },
  how: { zh: '', en: '' },
  is_unset,
})
function category(id: string, verdict: Category['verdict'], lacks: Category['missing'] = []): Category {
  const title = { zh: id, en: id }
  const clause = 'guangdong-2021@1 二(一)'
  const lines = [{ say: title, verdict: 'not_met' as const, clause: 'guangdong-2021@1 五(一)3' }]
  return { id, title, member: null, verdict, clause, lines, missing: lacks, sample: false, bring: [], checks: [] }
}
function stand(categories: Category[], pack: string | null = 'guangdong-2021') {
  const said = { zh: '', en: '' }
  const window = { title: said, phone: '12345', where: said, office: null }
  const outcome = { as_of: '2026-03-01', pack, rules: RULES, question: null, left: 0, sample: false, benefits: [] }
  const props = { outcome: { ...outcome, categories, window } as Outcome, labels: [] }
  return mount(CheckResult, { props, global: { stubs: { RouterLink: true } } })
}

describe('what a citizen may get', () => {
  it('asks for what is missing as people are asked, and says whose an unset figure is', () => {
    const lacks = [missing('有法定赡养人', '您有没有成年的子女？'), missing('低保标准', '低保标准', true)]
    const page = stand([category('low', 'unknown', lacks)])
    expect(page.findAll('.dots > li').map((one) => one.text())).toEqual(['您有没有成年的子女？'])
    expect(page.text()).not.toContain('有法定赡养人')
    expect(page.text()).toContain('要等政府公布：低保标准')
  })
  it('folds what is more than one reads in a breath', () => {
    const page = stand([
      category(
        'low',
        'unknown',
        ['甲', '乙', '丙', '丁', '戊'].map((one) => missing(one, one)),
      ),
    ])
    expect(page.get('details summary').text()).toBe('还要知道 5 件事')
    expect(page.get<HTMLDetailsElement>('details').element.open).toBe(false)
  })
  it.each(['may', 'unknown', 'no'] as const)('names the notice of a clause: %s', (verdict) => {
    expect(stand([category('low', verdict)]).text()).toContain('依据：广东省帮扶（2021） 二(一)')
  })
  it('names it of each line that speaks against one too', () => {
    expect(
      stand([category('low', 'no')])
        .get('.dots > li')
        .text(),
    ).toContain('广东省帮扶（2021） 五(一)3')
  })
  it('leaves a rule of the whole country to its own document', () => {
    expect(stand([category('low', 'may')], null).text()).toContain('依据：二(一)')
  })
})
