// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { givenViews, keptOf, orderedFor, viewsOf, withView } from './views'

describe('saved views', () => {
  it('come back as they were kept', () => {
    const views = [{ name: '鹤市红色', filter: { level: 'red', region: '441622104' } }]
    expect(viewsOf(keptOf(views))).toEqual(views)
  })
  it.each(['', 'region=x', 'household=LC000001', '%'])('read %s as none', (query) => {
    expect(viewsOf([{ name: 'v', query }])).toEqual([])
  })
  it('keep a filter alone: what else stands beside it is not read', () => {
    expect(viewsOf([{ name: 'v', query: 'level=red&household=LC000001' }])).toEqual([
      { name: 'v', filter: { level: 'red' } },
    ])
  })
  it('of one name are one, and a view without a name is none', () => {
    const one = withView([], { name: ' late ', filter: { overdue: true } })
    expect(withView(one, { name: 'late', filter: { level: 'red' } })).toEqual([
      { name: 'late', filter: { level: 'red' } },
    ])
    expect(withView(one, { name: '  ', filter: {} })).toEqual(one)
  })
})

describe('views to begin with', () => {
  const given = givenViews('2026-03-01', '2026-03-07', 'red')
  it('stand in the order of the role', () => {
    expect(orderedFor(given, true)[0]?.id).toBe('today')
    expect(orderedFor(given, false).map((view) => view.id)).toEqual(['overdue', 'highest', 'today', 'week'])
  })
  it('name no level where the pack has none', () => {
    expect(givenViews('2026-03-01', '2026-03-07', undefined).some((view) => view.filter.level)).toBe(false)
  })
})
