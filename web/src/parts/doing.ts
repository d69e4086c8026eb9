// SPDX-License-Identifier: Apache-2.0
// Something that is asked of the server once at a time: whether it is under way, and what speaks against it.
import { computed, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { Fault } from '../api/client'
import { sentenceOf } from './notices'

export interface Doing {
  busy: Ref<boolean>
  fault: ShallowRef<Fault | null>
  /** The fault as one sentence; empty: none. */
  trouble: ComputedRef<string>
  /** What was answered; undefined where it was refused. */
  run: <T>(work: () => Promise<T>) => Promise<{ answer: T } | undefined>
  clear: () => void
}

export function useDoing(): Doing {
  const busy = ref(false)
  const fault = shallowRef<Fault | null>(null)
  return {
    busy,
    fault,
    trouble: computed(() => (fault.value ? sentenceOf(fault.value) : '')),
    async run(work) {
      busy.value = true
      fault.value = null
      try {
        return { answer: await work() }
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown
        fault.value = thrown
        return undefined
      } finally {
        busy.value = false
      }
    },
    clear() {
      fault.value = null
    },
  }
}
