// SPDX-License-Identifier: Apache-2.0
// Asks the server anew whenever something was told, and takes up the questions that its answer still has.
import { ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { api, told, type Fault, type Schema } from '../../api/client'
import { faultOf } from '../../api/list'
import type { Answer } from './answer'
import { caseOf, withAsked, type Draft } from './draft'
import { withKnown, type Known } from './known'

export interface Who {
  readonly region: string
  readonly day: string
  readonly household: string
  /** Numbers on the register, by place; null: not on it. */
  readonly persons: readonly (string | null)[]
  readonly labels: readonly string[]
}

export interface Determining {
  readonly answer: ShallowRef<Answer | null>
  readonly fault: ShallowRef<Fault | null>
  readonly busy: Ref<boolean>
  readonly ask: () => Promise<void>
}
const PAUSE_MS = 500

/** The facts as the server reads them, and who of them is on the register. */
export function bodyOf(draft: Draft, about: Who): Schema['NewDetermination'] {
  const of = { region: about.region, day: about.day }
  return {
    case: caseOf(draft, of, about.labels),
    register: {
      ...(about.household ? { household: about.household } : {}),
      members: draft.members.map((_, n) => about.persons[n] ?? null),
    },
  }
}

/** `known`: of the household that is asked about; its answers stand in the form when a question comes up. */
export function useDetermining(
  draft: Ref<Draft>,
  who: Ref<Who | null>,
  known: Ref<readonly Known[]> = shallowRef([]),
): Determining {
  const answer = shallowRef<Answer | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const busy = ref(false)
  let turn = 0
  let last = ''

  const offered = (now: Draft) => withKnown(now, known.value, who.value?.persons ?? [])
  watch(known, () => (draft.value = offered(draft.value)))

  async function ask(): Promise<void> {
    if (who.value === null) return
    const body = bodyOf(draft.value, who.value)
    const mine = ++turn
    busy.value = true
    try {
      const now = await told(api.POST('/api/v1/determinations', { body }))
      if (mine !== turn) return
      last = JSON.stringify(body)
      answer.value = now
      fault.value = null
      draft.value = offered(withAsked(draft.value, now.missing_facts))
    } catch (thrown) {
      if (mine === turn) fault.value = faultOf(thrown)
    } finally {
      if (mine === turn) busy.value = false
    }
  }

  let waiting: ReturnType<typeof setTimeout> | undefined
  watch(
    [draft, who],
    () => {
      clearTimeout(waiting)
      if (who.value === null || JSON.stringify(bodyOf(draft.value, who.value)) === last) return
      waiting = setTimeout(() => void ask(), PAUSE_MS)
    },
    { immediate: true },
  )
  return { answer, fault, busy, ask }
}
