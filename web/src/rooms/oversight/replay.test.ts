// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount, RouterLinkStub, type VueWrapper } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import Recorded from './Recorded.vue'
import { besides, outcomeOf, shownValue } from './replay'

vi.mock('vue-router', async (load) => ({
  ...(await load<Record<string, unknown>>()),
  useRoute: () => ({ query: { case: '12' } }),
}))

type Replay = Schema['DeterminationReplay']
type Verdict = Schema['ReplayedVerdict']

function verdict(id: string, is: Verdict['verdict'], member: string | null = null): Verdict {
  return { id, title: { zh: id, en: id }, member, verdict: is, cite: '二(一)' }
}
function answer(...categories: Verdict[]): Schema['DeterminationAnswer'] {
  const paid = { paid: null, paid_category: '', paid_amount: null }
  return {
    review: { kind: 'keep', category: 'a', amount: 100, next: '', why: [], missing: [], sample: false, ...paid },
    determination: { replay: { pack_hash: 'x' }, categories, benefits: [], members: [] },
  }
}
function replay(more: Partial<Replay>): Replay {
  return {
    case: '12',
    event: 3,
    on: '2025-06-30',
    at: '2025-06-30T02:00:00.000000Z',
    unit: '第一镇',
    kind: 'keep',
    category: 'a',
    kept: true,
    equal: true,
    law: { same: true, differs: [] },
    recorded: answer(verdict('a', 'yes')),
    replayed: answer(verdict('a', 'yes')),
    why: null,
    differences: [],
    left_off: 0,
    ...more,
  }
}

describe('two answers side by side', () => {
  it('show what each says of a category, also of one that only one of them has', () => {
    const told = replay({
      recorded: answer(verdict('a', 'yes'), verdict('b', 'no', '甲')),
      replayed: answer(verdict('a', 'no'), verdict('b', 'no', '乙')),
    })
    const cells = besides(told).map((one) => [one.key, one.then, one.now])
    expect(cells).toHaveLength(3)
    expect(cells).toEqual(
      expect.arrayContaining([
        ['a/', 'yes', 'no'],
        ['b/甲', 'no', ''],
        ['b/乙', '', 'no'],
      ]),
    )
    expect(besides(replay({ replayed: null })).map((one) => one.now)).toEqual([''])
  })
  it('are equal, differ, or cannot be compared', () => {
    expect(outcomeOf(replay({}))).toBe('equal')
    expect(outcomeOf(replay({ equal: false }))).toBe('differs')
    expect(outcomeOf(replay({ equal: null }))).toBe('cannot')
    expect([shownValue(null), shownValue('x'), shownValue({ a: 1 })]).toEqual(['–', 'x', '{"a":1}'])
  })
})

describe('the determinations of a case', () => {
  afterEach(() => vi.restoreAllMocks())
  const list = (kept: boolean) => ({
    case: '12',
    items: [{ event: 3, on: '2025-06-30', at: 'x', unit: '第一镇', kind: 'keep', category: 'a', kept }],
  })

  async function stand(kept: boolean, told: Replay): Promise<VueWrapper> {
    vi.spyOn(api, 'GET').mockImplementation(((path: string) =>
      Promise.resolve({
        data: path.endsWith('{event}') ? told : list(kept),
        response: new Response(null, { status: 200 }),
      })) as unknown as typeof api.GET)
    const page = mount(Recorded, { global: { stubs: { RouterLink: RouterLinkStub, ClauseText: true } } })
    await flushPromises()
    return page
  }

  it('are listed for the case that the address names, and one is given again with its differences', async () => {
    const difference = { at: '/review/amount', recorded: 100, replayed: 200 }
    const page = await stand(
      true,
      replay({ equal: false, law: { same: false, differs: ['pack_hash'] }, differences: [difference] }),
    )
    await page.get('ul button').trigger('click')
    await flushPromises()
    expect(api.GET).toHaveBeenLastCalledWith('/api/v1/cases/{id}/determinations/{event}', {
      params: { path: { id: '12', event: '3' } },
    })
    const shown = page.text()
    for (const part of ['与当时不一致', 'pack_hash', '/review/amount', '100', '200']) expect(shown).toContain(part)
  })
  it('offer nothing where nothing was kept', async () => {
    const page = await stand(false, replay({}))
    expect(page.find('ul button').exists()).toBe(false)
    expect(page.text()).toContain('未留存')
  })
})
