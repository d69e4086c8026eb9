// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import BankList from './BankList.vue'

const taken = vi.hoisted(() => vi.fn())
vi.mock('../../parts/take_along', () => ({ takeAlong: taken }))

describe('the list for the bank', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    document.body.innerHTML = ''
  })
  it('is taken for a reason, which goes with the question', async () => {
    const file = new Blob(['x'])
    const sent = vi
      .spyOn(api, 'POST')
      .mockImplementation((() =>
        Promise.resolve({ data: file, response: new Response(null, { status: 200 }) })) as unknown as typeof api.POST)
    const page = mount(BankList, { props: { payroll: '7', month: '2025-06' }, attachTo: document.body })
    await page.get('button').trigger('click')
    await page.get('textarea').setValue('六月发放')
    await page.get('dialog form').trigger('submit')
    await flushPromises()
    expect(sent.mock.calls).toMatchObject([
      ['/api/v1/payrolls/{id}/bank-list', { params: { path: { id: '7' } }, body: { reason: '六月发放' } }],
    ])
    expect(taken.mock.calls).toEqual([['bank-list-2025-06.xlsx', file]])
    expect(page.find('dialog').exists()).toBe(false)
    page.unmount()
  })
  it('is not taken where the server says no, and says so', async () => {
    taken.mockClear()
    const no = { code: 'not_allowed', title: '不能', status: 403, errors: [] }
    vi.spyOn(api, 'POST').mockImplementation((() =>
      Promise.resolve({ error: no, response: new Response(null, { status: 403 }) })) as unknown as typeof api.POST)
    const page = mount(BankList, { props: { payroll: '7', month: '2025-06' }, attachTo: document.body })
    await page.get('button').trigger('click')
    await page.get('textarea').setValue('六月发放')
    await page.get('dialog form').trigger('submit')
    await flushPromises()
    expect(taken).not.toHaveBeenCalled()
    expect(page.find('dialog').exists()).toBe(true)
    page.unmount()
  })
})
