// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import { session, type Session } from '../../people/session'
import Payroll from './Payroll.vue'

vi.mock('vue-router', async (load) => ({
  ...(await load<object>()),
  useRoute: () => ({ path: '/payroll', query: {} }),
  useRouter: () => ({ replace: vi.fn() }),
}))

const parts = { started: 0, gone: 0, held: 0, resumed: 0, changed: 0, on_hold: 0, same: 2, back_pay: 0, account: 0 }
const month = (twice: number): object => ({
  ...{ month: '2025-06', before: '2025-05', unit_title: '样例县', as_of: '2025-06-30', closed: null },
  ...{ before_closed: null, lines: 2, paid: 2, held: 0, total: 84000, yuan: '840.00', digest: 'x', categories: [] },
  parts: { ...parts, differences: twice, twice },
})
async function shown(twice: number): Promise<{ text: string; isShut: boolean }> {
  const answer = { data: month(twice), response: new Response(null, { status: 200 }) }
  vi.spyOn(api, 'GET').mockImplementation((() => Promise.resolve(answer)) as unknown as typeof api.GET)
  const stubs = {
    ...{ PayrollLines: true, PayrollTotals: true, BankReturns: true },
    RoomTabs: true,
    ExportMenu: true,
  }
  const page = mount(Payroll, { global: { stubs } })
  await flushPromises()
  return { text: page.text(), isShut: page.find('button.pri').attributes('disabled') !== undefined }
}
afterEach(() => vi.restoreAllMocks())

describe('a month that pays a household twice', () => {
  it('is not closed until a person held or ended one', async () => {
    session.value = { rights: ['create:payment'] } as unknown as Session
    const twice = await shown(2)
    expect(twice.text).toContain('2 笔由两件同月发放')
    expect(twice.text).toContain('两件同发 2')
    expect(twice.isShut).toBe(true)
    const once = await shown(0)
    expect(once.text).not.toContain('由两件同月发放')
    expect(once.isShut).toBe(false)
  })
})
