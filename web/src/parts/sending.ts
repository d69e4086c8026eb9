// SPDX-License-Identifier: Apache-2.0
// Sending something: busy meanwhile, and what the server said against it.
import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { Fault } from '../api/client'
import { faultOf } from '../api/list'

export interface Sending {
  readonly busy: Ref<boolean>
  readonly fault: ShallowRef<Fault | null>
  /** Whether it was done. A bug of ours goes on as it is. */
  send: (work: () => Promise<unknown>) => Promise<boolean>
}

export function useSending(): Sending {
  const busy = ref(false)
  const fault = shallowRef<Fault | null>(null)
  return {
    busy,
    fault,
    async send(work) {
      busy.value = true
      fault.value = null
      try {
        await work()
        return true
      } catch (thrown) {
        fault.value = faultOf(thrown)
        return false
      } finally {
        busy.value = false
      }
    },
  }
}
