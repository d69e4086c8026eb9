// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount, RouterLinkStub } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { api } from '../../api/client'
import type { Case } from '../../cases/one_case'
import LateForms from './LateForms.vue'

const CASE = {
  id: '42',
  machine: 'visit',
  late: [{ id: '3', move: 'met', on: '2026-11-20', at: '2026-11-21T02:00:00Z', by: 'li', reason: '', fields: {} }],
} as unknown as Case
const global = { stubs: { RouterLink: RouterLinkStub } }
const NAMES = { units: new Map(), fields: new Map() } as never

describe('a form that came late', () => {
  afterEach(() => vi.restoreAllMocks())
  it('is settled after it was asked, never at one click', async () => {
    const sent = vi
      .spyOn(api, 'POST')
      .mockImplementation((() =>
        Promise.resolve({ data: {}, response: new Response(null, { status: 200 }) })) as unknown as typeof api.POST)
    const forms = mount(LateForms, {
      props: { one: CASE, names: NAMES, maySettle: true },
      attachTo: document.body,
      global,
    })
    await forms.get('button.small').trigger('click')
    expect(sent).not.toHaveBeenCalled()
    expect(forms.get('dialog').text()).toContain('li') // whose form it is stands in the question
    await forms.get('dialog form').trigger('submit')
    await flushPromises()
    expect(sent.mock.calls[0]?.[0]).toBe('/api/v1/cases/{id}/late/{form}/settled')
    expect(forms.emitted('settled')).toHaveLength(1)
    forms.unmount()
  })
  it('has no such button for who may not', () => {
    const forms = mount(LateForms, { props: { one: CASE, names: NAMES, maySettle: false }, global })
    expect(forms.find('button').exists()).toBe(false)
  })
})
