// SPDX-License-Identifier: Apache-2.0
// Who is asked about: a household of the register, or people who are not on it. Names stay in memory alone.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { Schema } from '../../api/client'
import { today } from '../../words/form'
import { say } from '../../words/language'
import type { Who } from './determining'
import { SAID } from './words'

type Household = Schema['Household']
const REGION = /^(\d{6}|\d{9}|\d{12})$/
/** What members are called at the server: by their place, whatever language is read. */
export function labelOf(place: number): string {
  return `成员${place + 1}`
}

export interface Family {
  readonly isKnown: Ref<boolean>
  readonly code: Ref<string>
  readonly household: ShallowRef<Household | null>
  readonly region: Ref<string>
  readonly count: Ref<number>
  readonly size: ComputedRef<number>
  readonly names: ComputedRef<readonly string[]>
  readonly labels: ComputedRef<readonly string[]>
  readonly who: ComputedRef<Who | null>
}

export function useFamily(): Family {
  const isKnown = ref(true)
  const code = ref('')
  const household = shallowRef<Household | null>(null)
  const region = ref('')
  const count = ref(1)
  const size = computed(() => (isKnown.value ? (household.value?.members.length ?? 0) : count.value))
  const places = computed(() => Array.from({ length: Math.max(1, size.value) }, (_, n) => n))
  const labels = computed(() => places.value.map(labelOf))
  const names = computed(() =>
    places.value.map((n) => {
      const name = isKnown.value ? household.value?.members[n]?.name : null
      return name ?? say(SAID.member, { n: n + 1 })
    }),
  )
  const who = computed<Who | null>(() => {
    if (isKnown.value) {
      if (household.value === null) return null
      const { code: household_, region: where, members } = household.value
      const persons = members.map((member) => member.id)
      return { region: where, day: today(), household: household_, persons, labels: labels.value }
    }
    if (!REGION.test(region.value)) return null
    return { region: region.value, day: today(), household: '', persons: [], labels: labels.value }
  })
  return { isKnown, code, household, region, count, size, names, labels, who }
}
