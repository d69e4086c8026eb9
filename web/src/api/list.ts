// SPDX-License-Identifier: Apache-2.0
// A list as the server tells it: page by page, each where the one before ended.
import { shallowRef, ref, computed, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import { Fault } from './client'
import { whenBack } from './net'

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
  /** Why the page behind the last row did not come: the rows that were read stay. */
  stopped: ShallowRef<Fault | null>
  load: () => Promise<void>
  /** Ends when that page has come, or has not. */
  loadMore: () => Promise<void>
}
/** What a table has to know of the list of which it shows the first rows. */
export type Behind = Pick<List<unknown>, 'rows' | 'more' | 'stopped' | 'loadMore'>

/** Reads on until nothing is behind the last row, so many rows are there, or a page does not come. */
export async function readOn(list: Behind, most: number): Promise<void> {
  while (list.more.value && list.rows.value.length < most) {
    const before = list.rows.value.length
    await list.loadMore()
    if (list.rows.value.length <= before) return
  }
}

/** `page` asks for the page that a cursor names. An answer that comes after something else was asked is dropped. */
export function useList<Row>(page: (cursor: string | undefined) => Promise<Page<Row>>): List<Row> {
  const rows = shallowRef<readonly Row[]>([])
  const standing = ref<Standing>('loading')
  const fault = shallowRef<Fault | null>(null)
  const stopped = shallowRef<Fault | null>(null)
  const next = ref<string | null>(null)
  let turn = 0
  let asking: Promise<void> | null = null

  async function take(cursor: string | undefined, before: readonly Row[]): Promise<void> {
    const mine = turn
    try {
      const answer = await page(cursor)
      if (mine !== turn) return
      rows.value = [...before, ...answer.items]
      next.value = answer.next
      standing.value = 'ready'
      fault.value = stopped.value = null
    } catch (thrown) {
      if (mine !== turn) return
      if (cursor !== undefined) stopped.value = faultOf(thrown)
      else {
        fault.value = faultOf(thrown)
        standing.value = 'failed'
      }
    } finally {
      if (mine === turn) asking = null
    }
  }
  async function load(): Promise<void> {
    turn += 1
    standing.value = 'loading'
    stopped.value = null
    await (asking = take(undefined, []))
  }
  whenBack(() => {
    if (fault.value?.status === 0) void load()
  })

  return {
    rows,
    standing,
    fault,
    stopped,
    more: computed(() => next.value !== null),
    load,
    async loadMore() {
      if (asking === null && next.value !== null) asking = take(next.value, rows.value)
      await asking
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
  async function load(): Promise<void> {
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
  }
  whenBack(() => {
    if (fault.value?.status === 0) void load()
  })
  return { body, standing, fault, load }
}

/** Reads at once, and anew whenever something else is asked for. */
export function readAsAsked(of: Pick<Thing<unknown>, 'load'>, asked: () => unknown = () => ''): void {
  watch(
    () => JSON.stringify(asked()),
    () => void of.load(),
    { immediate: true },
  )
}

/** What was thrown, as a Fault; a bug of ours goes on to the console as it is. */
export function faultOf(thrown: unknown): Fault {
  if (thrown instanceof Fault) return thrown
  throw thrown
}
