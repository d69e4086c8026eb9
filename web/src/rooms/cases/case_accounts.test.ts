// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../api/client'
import CaseAccounts from './CaseAccounts.vue'

type Account = Schema['CaseAccount']

describe('the accounts of a case', () => {
  it('says of each whether it is paid into, waits for another person, or is past', () => {
    const told = (event: number, standing: Account['standing']): Account => ({
      event,
      field: 'account',
      standing,
      shown: `****000${event}`,
      whole: false,
      revealable: false,
    })
    const shown = mount(CaseAccounts, {
      props: { accounts: [told(3, 'past'), told(5, 'in_force'), told(7, 'proposed')], caseId: '1' },
    })
    const lines = shown.findAll('p').map((line) => line.text())
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatch(/已被代替或未获核准\s*\*{4}0003$/)
    expect(lines[1]).toMatch(/已核准，按此发放\s*\*{4}0005$/)
    expect(lines[2]).toMatch(/待另一人核准\s*\*{4}0007$/)
  })
})
