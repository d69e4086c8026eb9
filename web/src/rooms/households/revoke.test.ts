// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import { keepSession } from '../../people/session'
import { today } from '../../words/form'
import PapersPanel from './PapersPanel.vue'

const SAID = { zh: '有效', en: 'in force' }
const PAPERS: Schema['HouseholdPapers'] = {
  household: 'LC000001',
  day: '2026-11-27',
  unit: null,
  missing: 0,
  members: [
    {
      person: '12',
      name: '王秀英',
      relation: '户主',
      identity_number: null,
      signs_as: 'self',
      how: null,
      answer: 'covered',
      said: SAID,
      papers: [
        {
          id: '5',
          person: '12',
          signer: '12',
          signer_name: null,
          signed_as: 'self',
          scope: 'means',
          signed_on: '2026-01-01',
          from: '2026-01-01',
          until: '2026-12-31',
          revoked_on: null,
          paper: '授-1',
          ward_paper: '',
        },
      ],
    },
  ],
}
const HOUSEHOLD = { code: 'LC000001', members: [], left: [] } as unknown as Schema['Household']
const answer = (data: unknown) => () => Promise.resolve({ data, response: new Response(null, { status: 200 }) })

describe('revoking an authorisation', () => {
  beforeEach(() => {
    vi.spyOn(api, 'GET').mockImplementation(answer(PAPERS) as unknown as typeof api.GET)
    keepSession({
      kind: 'staff',
      stage: 'full',
      user: 'chen',
      full_name: null,
      roles: [],
      unit: null,
      department: '',
      rights: ['read:authorisation', 'create:authorisation'],
      csrf: '',
    })
  })
  afterEach(() => {
    vi.restoreAllMocks()
    keepSession(null)
  })
  it('asks why and from which day, and sends both; closing sends nothing', async () => {
    const sent = vi.spyOn(api, 'POST').mockImplementation(answer({}) as unknown as typeof api.POST)
    const panel = mount(PapersPanel, {
      props: { code: 'LC000001', caseId: '7', household: HOUSEHOLD },
      attachTo: document.body,
    })
    await flushPromises()
    await panel.get('.papers button').trigger('click')
    await panel.get('dialog .foot button[type=button]').trigger('click')
    await flushPromises()
    expect(panel.find('dialog').exists()).toBe(false)
    await panel.get('.papers button').trigger('click')
    expect(sent).not.toHaveBeenCalled()
    await panel.get('dialog textarea').setValue('本人书面撤回')
    await panel.get('dialog form').trigger('submit')
    await flushPromises()
    expect(sent).toHaveBeenCalledTimes(1)
    expect(sent.mock.calls[0]).toEqual([
      '/api/v1/households/{code}/authorisations/{id}/revocation',
      {
        params: { path: { code: 'LC000001', id: '5' } },
        body: { on: today(), reason: '本人书面撤回' },
        headers: { 'X-Case': '7' },
      },
    ])
    expect(panel.emitted('changed')).toHaveLength(1)
    panel.unmount()
  })
})
