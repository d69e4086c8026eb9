// SPDX-License-Identifier: Apache-2.0
// What a signed paper is to the one who reads it.
import type { Schema } from '../../api/client'
import type { Words } from '../../words/language'
import { AUTHORISE } from './words_authorise'

type Paper = Schema['MyAuthorisation']

export function whatOf(paper: Paper): Words {
  if (paper.signed_as === 'supporter') return AUTHORISE.ofSupported
  if (paper.signed_as === 'guardian') return paper.by_me ? AUTHORISE.ofAnother : AUTHORISE.byGuardian
  return AUTHORISE.mine
}

/** Whether it holds on that day, ended by itself, or was taken back. */
export function standOf(paper: Paper, today: string): 'holds' | 'over' | 'back' {
  if (paper.revoked_on && paper.revoked_on <= today) return 'back'
  return paper.until > today ? 'holds' : 'over'
}
