// SPDX-License-Identifier: Apache-2.0
// What an answer says, and the key by which it can be given again.
import type { Schema } from '../../api/client'
import type { Words } from '../../words/language'

export interface Verdicts {
  readonly categories: readonly { id: string; title: Words; member: string | null; verdict: string; cite: string }[]
  readonly stamp: readonly (readonly [string, string])[]
}

/** docs/formats/case.md: of each category its verdict; `replay` names pack, hashes, day, engine and enactment. */
export function readVerdicts(answer: Schema['Determination']): Verdicts {
  const replay = (answer as unknown as { replay?: Record<string, string | number> }).replay ?? {}
  return {
    categories: answer.categories as Verdicts['categories'],
    stamp: Object.entries(replay)
      .filter(([, value]) => value !== '')
      .map(([key, value]) => [key, String(value)] as const),
  }
}
