// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { api, type Schema } from '../../api/client'
import AuditRecord from './AuditRecord.vue'

const SAID = { verb: 'read', thing: 'household', purpose: '', user: '', flag: '', at: '2026-11-28T00:00:00Z' }
afterEach(() => {
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

it('a look at one person leads to everybody who looked at them; of several none is singled out', () => {
  vi.spyOn(api, 'GET').mockImplementation((() => new Promise(() => undefined)) as unknown as typeof api.GET)
  for (const [persons, links] of [
    [['31'], ['31']],
    [['31', '32'], []],
  ] as const) {
    const look = { seq: 1, roles: '', persons, homes: [], homes_total: 0, what: 'household', ...SAID } as unknown
    const record = mount(AuditRecord, {
      props: { look: look as Schema['Look'] },
      attachTo: document.body,
      global: {
        stubs: { RouterLink: { props: ['to'], template: '<a :href="to.query.person"><slot /></a>' } },
      },
    })
    expect(record.findAll('a').map((link) => link.attributes('href'))).toEqual(links)
    record.unmount()
  }
})
