// SPDX-License-Identifier: Apache-2.0
// A list as the server tells it: page by page, each where the one before ended.
import { shallowRef, ref, computed, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { Fault } from './client'

export interface Page<Row> {
  items: Row[]
  next: string | null
}
export type Standing = 'loading' | 'ready' | 'failed'

export interface List<Row> {
  rows: ShallowRef<readonly Row[]>
  standing: Ref<Standing>
  fault: ShallowRef<Fault | null>
  /** Whether there is more behind the last row. */
  more: ComputedRef<boolean>
  load: () => Promise<void>
  loadMore: () => Promise<void>
}

/** `page` asks for the page that a cursor names. An answer that comes after something else was asked is dropped. */
export function useList<Row>(page: (cursor: string | undefined) => Promise<Page<Row>>): List<Row> {
  const rows = shallowRef<readonly Row[]>([])
  const standing = ref<Standing>('loading')
  const fault = shallowRef<Fault | null>(null)
  const next = ref<string | null>(null)
  let turn = 0
  let asking = false

  async function take(cursor: string | undefined, before: readonly Row[]): Promise<void> {
    const mine = turn
    asking = true
    try {
      const answer = await page(cursor)
      if (mine !== turn) return
      rows.value = [...before, ...answer.items]
      next.value = answer.next
      standing.value = 'ready'
      fault.value = null
    } catch (thrown) {
      if (mine !== turn) return
      fault.value = faultOf(thrown)
      standing.value = 'failed'
    } finally {
      if (mine === turn) asking = false
    }
  }

  return {
    rows,
    standing,
    fault,
    more: computed(() => next.value !== null),
    async load() {
      turn += 1
      standing.value = 'loading'
      await take(undefined, [])
    },
    async loadMore() {
      if (asking || next.value === null) return
      await take(next.value, rows.value)
    },
  }
}

/** One thing as the server tells it. */
export interface Thing<Body> {
  body: ShallowRef<Body | null>
  standing: Ref<Standing>
  fault: ShallowRef<Fault | null>
  load: () => Promise<void>
}

export function useThing<Body>(read: () => Promise<Body>): Thing<Body> {
  const body = shallowRef<Body | null>(null)
  const standing = ref<Standing>('loading')
  const fault = shallowRef<Fault | null>(null)
  let turn = 0
  return {
    body,
    standing,
    fault,
    async load() {
      const mine = ++turn
      if (body.value === null) standing.value = 'loading'
      try {
        const answer = await read()
        if (mine !== turn) return
        body.value = answer
        standing.value = 'ready'
        fault.value = null
      } catch (thrown) {
        if (mine !== turn) return
        fault.value = faultOf(thrown)
        standing.value = 'failed'
      }
    },
  }
}

/** What was thrown, as a Fault; a bug of ours goes on to the console as it is. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  throw thrown
}
