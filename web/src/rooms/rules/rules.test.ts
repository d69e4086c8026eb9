// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { compare, sidesOf, type Difference } from './compare'
import { bySection, elementNamed, keyWords, namesOf, says, shapeOf, valueWords, type Element } from './elements'
import { askedWords, changeText, costDifference, doorsOf, sumOf, yuanShown, type JobRow } from './whatif'

function element(section: string, id: string, values: Record<string, string>, clause = ''): Element {
  return { section, id, values: { id, ...values }, clause }
}
const guarantee = element('categories', 'mlg', {
  'title.zh': '低保对象',
  'title.en': 'Guarantee',
  'when.0.if': 'income < 1',
  'when.0.say.zh': '收入低于标准',
  'when.0.say.en': 'Income is below',
  'when.0.cite': '五(一)1',
  unless: 'extreme',
  'channel.zh': '窗口',
  'channel.en': 'window',
})

describe('an element', () => {
  it('is told in one language, its conditions as lines with their clauses', () => {
    expect(shapeOf(guarantee, 'zh')).toEqual({
      title: '低保对象',
      lines: [{ say: '收入低于标准', text: 'income < 1', cite: '五(一)1' }],
      others: [
        { key: 'unless', value: 'extreme' },
        { key: 'channel.zh', value: '窗口' },
      ],
    })
    expect(shapeOf(guarantee, 'en').lines[0]?.say).toBe('Income is below')
  })
  it('without a title goes by its name', () => {
    expect(shapeOf(element('x', 'bare', {}), 'zh').title).toBe('bare')
  })
  it('is found by any of its words, whatever their case', () => {
    expect(says(guarantee, 'GUARANTEE')).toBe(true)
    expect(says(guarantee, '收入')).toBe(true)
    expect(says(guarantee, '残疾')).toBe(false)
    expect(says(guarantee, '  ')).toBe(true)
  })
  it('stands in its section, in the order of the pack', () => {
    const sections = bySection([guarantee, element('levels', 'red', {}), element('categories', 'b', {})])
    expect(sections.map((one) => [one.id, one.elements.length])).toEqual([
      ['categories', 2],
      ['levels', 1],
    ])
  })
  it('has keys that a person can read, counted from one', () => {
    expect(keyWords('grants.0.every').zh).toBe('给付 · 1 · 周期')
    expect(keyWords('unheard_of.zh').en).toBe('unheard_of')
  })
  it('names by its title what an element names by an id, and leaves out the id of a word', () => {
    const names = namesOf(
      [element('fields', 'outcome', { 'title.zh': '核查结果', 'title.en': 'Outcome' })],
      [guarantee],
    )
    expect(keyWords('only_if.outcome.0', names)).toEqual({ zh: '仅当 · 核查结果 · 1', en: 'only if · Outcome · 1' })
    expect(keyWords('words.true_.zh', names).zh).toBe('取值')
    expect(valueWords('unless', 'mlg', names).en).toBe('Guarantee')
    expect(valueWords('title.zh', 'mlg', names).zh).toBe('mlg')
    const county = element('authorities', 'county', { 'title.zh': '县级民政部门', 'title.en': 'County' })
    const all = namesOf([guarantee, county])
    expect(valueWords('confirmed_by', 'county', all)).toEqual({ zh: '县级民政部门', en: 'County' })
    expect(valueWords('covers', 'mlg, county, new_one', all)).toEqual({
      zh: '低保对象、县级民政部门、new_one',
      en: 'Guarantee, County, new_one',
    })
    expect(valueWords('from', 'a, b', all).zh).toBe('a, b')
  })
})

describe('what a clause is served by', () => {
  const all = [guarantee, element('branches', 'enrol', {}), element('conference', 'case', {})]
  it('is found among the elements of its kind', () => {
    expect(elementNamed(all, 'category', 'mlg')?.id).toBe('mlg')
    expect(elementNamed(all, 'branch', 'enrol')?.section).toBe('branches')
    expect(elementNamed(all, 'conference', 'case')?.id).toBe('case')
  })
  it('is none where it is a program or a plan', () => {
    expect(elementNamed(all, 'program', 'mlg')).toBeUndefined()
  })
})

describe('two packs', () => {
  const other = element('categories', 'mlg', { ...guarantee.values, unless: 'none' })
  const differences: Difference[] = [
    {
      section: 'categories',
      id: 'mlg',
      key: 'unless',
      before: { value: 'extreme', clause: 'a' },
      after: { value: 'none', clause: 'b' },
    },
    {
      section: 'categories',
      id: 'mlg',
      key: 'title.en',
      before: { value: 'x', clause: '' },
      after: { value: 'y', clause: '' },
    },
    { section: 'levels', id: 'red', key: 'points_min', before: null, after: { value: '9', clause: 'c' } },
  ]
  const red = element('levels', 'red', { points_min: '9' })
  it('side by side show what differs, not the other language', () => {
    const [categories, levels] = compare(
      differences,
      { elements: [guarantee] },
      { elements: [other, red] },
      'zh',
      false,
    )
    expect(categories?.elements[0]?.rows.map((row) => [row.key, row.before, row.after])).toEqual([
      ['unless', 'extreme', 'none'],
    ])
    expect(levels?.elements[0]?.only).toBe('after')
  })
  it('with all show also what is alike', () => {
    const [categories] = compare(differences, { elements: [guarantee] }, { elements: [other, red] }, 'zh', true)
    const rows = categories?.elements[0]?.rows ?? []
    expect(rows.filter((row) => row.same).map((row) => row.key)).toContain('channel.zh')
    expect(categories?.differing).toBe(1)
  })
})

describe('a change of a figure', () => {
  it.each([
    ['more_percent', '10', 'f=+10%'],
    ['less_percent', '5%', 'f=-5%'],
    ['more', '20元', 'f=+20'],
    ['less', '20.50', 'f=-20.50'],
    ['is', '700', 'f=700'],
  ] as const)('%s %s is %s', (how, value, text) => {
    expect(changeText({ parameter: 'f', how, value })).toBe(text)
  })
  it.each(['', '-5', '十', '1e3'])('by "%s" is none', (value) => {
    expect(changeText({ parameter: 'f', how: 'is', value })).toBeNull()
  })
})

describe('what was asked', () => {
  const titles = (id: string) => ({ f: '标准', x: '甲', y: '乙' })[id] ?? id
  const none = { set: [], against: '', policy: '', as_of: '', parameters: '' }
  it('is told by the titles of figures and packs', () => {
    expect(askedWords({ as_of: '2025-06-30' }, titles)).toBe('')
    expect(askedWords({ ...none, set: ['f=+5%', 'g=700'] }, titles)).toBe('标准 +5%；g 700')
    expect(askedWords({ ...none, against: 'y', policy: 'x' }, titles)).toBe('甲 → 乙')
    expect(askedWords({ ...none, against: 'y' }, titles)).toBe('→ 乙')
  })
})

describe('what it costs', () => {
  const one = { id: 'a', title: { zh: 'a', en: 'a' }, unsettled_before: 0, unsettled_after: 0 }
  it('is reckoned to the fen', () => {
    expect(yuanShown('202459.00')).toBe('202,459.00')
    expect(costDifference('0.10', '0.30')).toBe('+0.20')
    expect(costDifference('1000.00', '999.99')).toBe('−0.01')
    expect(costDifference('5.00', '5.00')).toBe('0.00')
    expect(
      sumOf(
        [
          { ...one, yuan_before: '0.10', yuan_after: '1.00' },
          { ...one, yuan_before: '0.20', yuan_after: '1.00' },
        ],
        'yuan_before',
      ),
    ).toBe('0.30')
  })
})

describe('doors to knock at', () => {
  it('are each household once, with all that changes there', () => {
    const row = (household: string, member: number): JobRow => ({
      household,
      member,
      category: 'c',
      step: 'entered',
      cause: null,
      clause: '',
    })
    expect(
      doorsOf([row('A', 1), row('B', 1), row('A', 2)]).map((door) => [door.household, door.rows.length]),
    ).toEqual([
      ['A', 2],
      ['B', 1],
    ])
  })
})

describe('two days of one pack', () => {
  const change = (id: string, before: string | null, after: string | null): Difference => {
    const side = (value: string | null) => (value === null ? null : { value, clause: '一' })
    return { section: 'levels', id, key: 'days', before: side(before), after: side(after) }
  }
  it('have what only one of them states on that day alone', () => {
    const today = ['red', 'new', 'changed'].map((id) => element('levels', id, { days: '1' }))
    const { before, after } = sidesOf(
      [change('new', null, '1'), change('changed', '2', '1'), change('gone', '3', null)],
      today,
    )
    expect(before.elements.map((one) => one.id)).toEqual(['red', 'changed'])
    expect(after.elements.map((one) => one.id)).toEqual(['red', 'new', 'changed'])
  })
})
