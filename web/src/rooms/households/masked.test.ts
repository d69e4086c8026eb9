// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../api/client'
import { maskedFields } from './masked'

function household(part: Partial<Schema['Household']>, member: Partial<Schema['Member']>): Schema['Household'] {
  return {
    code: 'LC000001',
    region: '441622',
    category: 'x',
    enrolled_on: null,
    head_name: '张三',
    address: null,
    unit: null,
    income_per_head_month: null,
    ended: null,
    left: [],
    members: [
      {
        id: '1',
        name: '张三',
        relation: '户主',
        sex: '男',
        phone: null,
        identity_number: null,
        protected: false,
        ...member,
      },
    ],
    ...part,
  }
}

describe('what may be asked to be seen whole', () => {
  it('is what is masked, not what is hidden or whole', () => {
    expect(maskedFields(household({}, {}))).toEqual([])
    expect(maskedFields(household({}, { identity_number: '441699********0376', phone: '13800000000' }))).toEqual([
      'identity_number',
    ])
    expect(maskedFields(household({ income_per_head_month: '***' }, { phone: '164****83' }))).toEqual([
      'phone',
      'means',
    ])
  })
})
