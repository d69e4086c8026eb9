// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import type { OverdueOf } from './overdue'
import OverdueCases from './OverdueCases.vue'

vi.mock('vue-router', () => ({ useRouter: () => ({}) }))
afterEach(() => {
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

it.each([
  ['due=overdue', '第一镇 · 李明：已过期限的办件'],
  ['due=overdue&due_by=law', '第一镇 · 李明：法定超期的办件'],
  ['due=overdue&due_by=target', '第一镇 · 李明：超内部目标的办件'],
])('the list behind %s is called what it is', async (query, title) => {
  const got = vi.spyOn(api, 'GET').mockImplementation((() =>
    Promise.resolve({
      data: { items: [], next: null },
      response: new Response(null, { status: 200 }),
    })) as unknown as typeof api.GET)
  const of = { title: '第一镇', officer: 'town', officer_name: '李明' } as unknown as OverdueOf
  const drawer = mount(OverdueCases, {
    props: { of, list: `/api/v1/cases?${query}` },
    attachTo: document.body,
    global: { stubs: { BatchCard: true, RouterLink: true } },
  })
  await flushPromises()
  expect(document.body.textContent).toContain(title)
  const asked = (got.mock.calls as unknown[][]).find((call) => call[0] === '/api/v1/cases')
  expect(asked?.[1]).toMatchObject({ params: { query: Object.fromEntries(new URLSearchParams(query)) } })
  drawer.unmount()
})
