// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import CaseAccounts from './CaseAccounts.vue'

const MASKED: Schema['CaseAccount'] = {
  event: 1,
  field: 'account',
  standing: 'in_force',
  shown: '****0121',
  whole: false,
  revealable: true,
}
const NUMBER = '6217990000000000121'
const stand = (account: Schema['CaseAccount']) =>
  mount(CaseAccounts, { props: { accounts: [account], caseId: '7' }, attachTo: document.body })

describe('an account of a case', () => {
  afterEach(() => {
    vi.restoreAllMocks()
    document.body.innerHTML = ''
  })
  it('is four digits, and the number for this case to whoever says why', async () => {
    const until = new Date(Date.now() + 900_000).toISOString()
    const sent = vi.spyOn(api, 'POST').mockImplementation((() =>
      Promise.resolve({
        data: { field: 'account', expires_at: until },
        response: new Response(null, { status: 201 }),
      })) as unknown as typeof api.POST)
    const card = stand(MASKED)
    expect(card.text()).toContain('****0121')
    await card.get('button').trigger('click')
    await card.get('textarea').setValue('核对发放失败')
    await card.get('dialog form').trigger('submit')
    await flushPromises()
    expect(sent.mock.calls).toMatchObject([
      [
        '/api/v1/cases/{id}/reveals',
        { params: { path: { id: '7' } }, body: { field: 'account', reason: '核对发放失败' } },
      ],
    ])
    expect(card.emitted('changed')).toHaveLength(1) // the page reads the case anew
    await card.setProps({ accounts: [{ ...MASKED, shown: NUMBER, whole: true }] })
    expect(card.text()).toContain('6217 9900 0000 0000 121')
    expect(card.get('[role=timer]').text()).toMatch(/^1[45]:\d\d$/)
    expect(card.find('button').exists()).toBe(false)
    card.unmount()
  })
  it('is four digits and no more to whoever may not ask', () => {
    const card = stand({ ...MASKED, revealable: false })
    expect(card.text()).toContain('****0121')
    expect(card.find('button').exists()).toBe(false)
    card.unmount()
  })
  it('says whether it is paid into, waits for another person, or is past', () => {
    const told = { past: '已被代替或未获核准', in_force: '已核准，按此发放', proposed: '待另一人核准' } as const
    for (const [standing, words] of Object.entries(told)) {
      const card = stand({ ...MASKED, standing: standing as keyof typeof told })
      expect(card.get('p').text()).toContain(words)
      card.unmount()
    }
  })
})
