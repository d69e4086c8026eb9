// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../api/client'
import { standOf, whatOf } from './signed'
import { AUTHORISE } from './words_authorise'

const paper: Schema['MyAuthorisation'] = {
  id: '1',
  of: 'me',
  signed_as: 'self',
  by_me: true,
  scope: 'means',
  online: true,
  signed_on: '2026-01-05',
  from: '2026-01-05',
  until: '2026-07-05',
  revoked_on: null,
  revocable: true,
}

describe('a signed paper', () => {
  it('holds until the day before its end', () => {
    expect(standOf(paper, '2026-07-04')).toBe('holds')
    expect(standOf(paper, '2026-07-05')).toBe('over')
  })
  it('was taken back from the day of the revocation on', () => {
    const back = { ...paper, revoked_on: '2026-03-02' }
    expect(standOf(back, '2026-03-01')).toBe('holds')
    expect(standOf(back, '2026-03-02')).toBe('back')
    expect(standOf(back, '2026-07-05')).toBe('back')
  })
  it('says whose it is', () => {
    expect(whatOf(paper)).toBe(AUTHORISE.mine)
    expect(whatOf({ ...paper, signed_as: 'guardian', by_me: false })).toBe(AUTHORISE.byGuardian)
    expect(whatOf({ ...paper, signed_as: 'guardian', of: 'another' })).toBe(AUTHORISE.ofAnother)
    expect(whatOf({ ...paper, signed_as: 'supporter', of: 'another' })).toBe(AUTHORISE.ofSupported)
  })
})
