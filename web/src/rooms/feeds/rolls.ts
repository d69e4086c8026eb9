// SPDX-License-Identifier: Apache-2.0
// Whole rolls of a category: which they are is said by the datasets, and each file that came is a difference of two
// lists.
import { computed, onMounted, ref, type ComputedRef } from 'vue'
import { api, told } from '../../api/client'
import { readAsAsked, useThing, type Thing } from '../../api/list'
import { wantTitles } from '../../law/titles'
import { arrivalsOf, type Arrival } from './arrivals'

export interface Roll {
  readonly dataset: string
  /** Of which it is the whole roll. */
  readonly category: string
  /** The newest first. */
  readonly arrivals: readonly Arrival[]
}

export async function rollsOf(): Promise<readonly Roll[]> {
  const { items } = await told(api.GET('/api/v1/datasets'))
  const all = items.flatMap(({ dataset, complete_of: category }) =>
    category === null ? [] : [{ dataset, category }],
  )
  // Whoever is told of the form alone has no parts of it.
  const partedOf = async (dataset: string) =>
    (await arrivalsOf(undefined, dataset)).filter((one) => one.buckets !== null)
  return Promise.all(all.map(async (roll) => ({ ...roll, arrivals: await partedOf(roll.dataset) })))
}

export interface Rolls {
  rolls: Thing<readonly Roll[]>
  /** The one that is chosen; unless any is, the first of which a file came. */
  roll: ComputedRef<Roll | undefined>
  choose: (dataset: string) => void
}

/** The rolls of a screen, and which of them it shows. */
export function useRolls(): Rolls {
  const rolls = useThing(rollsOf)
  const wished = ref('')
  const all = computed(() => rolls.body.value ?? [])
  readAsAsked(rolls)
  onMounted(wantTitles)
  return {
    rolls,
    roll: computed(
      () =>
        all.value.find((one) => one.dataset === wished.value) ??
        all.value.find((one) => one.arrivals.length > 0) ??
        all.value[0],
    ),
    choose(dataset) {
      wished.value = dataset
    },
  }
}
