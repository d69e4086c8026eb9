// SPDX-License-Identifier: Apache-2.0
// What is shown whole for the moment, and how long still. Kept in the page alone; it ends with it.
import { computed, onBeforeUnmount, ref, type ComputedRef, type Ref } from 'vue'

export interface Revealed {
  readonly field: string
  readonly caseId: string
  /** The instant at which it ends, as the server told it. */
  readonly until: string
}

/** Seconds left as 14:59; never below zero. */
export function clockTold(seconds: number): string {
  const left = Math.max(0, Math.floor(seconds))
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
}

export function secondsUntil(until: string, now: number): number {
  return (Date.parse(until) - now) / 1000
}

/** Those of the list that still hold. */
export function stillHeld(list: readonly Revealed[], now: number): readonly Revealed[] {
  return list.filter((one) => secondsUntil(one.until, now) > 0)
}

export interface Reveals {
  readonly held: ComputedRef<readonly Revealed[]>
  readonly now: Ref<number>
  add: (what: Revealed) => void
  endAll: () => void
}

/** `ended` is called once when one of them has run out: what is shown is to be read anew. */
export function useReveals(ended: () => void): Reveals {
  const list = ref<readonly Revealed[]>([])
  const now = ref(Date.now())
  const timer = setInterval(() => {
    now.value = Date.now()
    const held = stillHeld(list.value, now.value)
    if (held.length === list.value.length) return
    list.value = held
    ended()
  }, 1000)
  onBeforeUnmount(() => clearInterval(timer))
  return {
    held: computed(() => list.value),
    now,
    add(what) {
      list.value = [...list.value.filter((one) => one.field !== what.field), what]
    },
    endAll() {
      list.value = []
      ended()
    },
  }
}
