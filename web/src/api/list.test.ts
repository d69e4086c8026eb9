// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { effectScope, nextTick, ref } from 'vue'
import { beforeEach, describe, expect, it } from 'vitest'
import { Fault } from './client'
import { readAsAsked, readOn, useList, type Page } from './list'
import { reached, tellReached } from './net'

const PAGES: Readonly<Record<string, Page<number>>> = {
  first: { items: [1, 2], next: 'second' },
  second: { items: [3, 4], next: 'third' },
  third: { items: [5], next: null },
}
let cut: string | null = null
let asked: string[] = []
async function page(cursor = 'first'): Promise<Page<number>> {
  asked.push(cursor)
  await Promise.resolve()
  if (cursor === cut) throw new Fault(0, {})
  return PAGES[cursor] ?? { items: [], next: null }
}

describe('a list, page by page', () => {
  beforeEach(() => {
    cut = null
    asked = []
    tellReached(true)
  })
  it('keeps its rows when a page behind them does not come, and goes on from there', async () => {
    const list = useList(page)
    await list.load()
    cut = 'second'
    await list.loadMore()
    expect([list.rows.value, list.standing.value, list.stopped.value?.status]).toEqual([[1, 2], 'ready', 0])
    cut = null
    await list.loadMore()
    expect([list.rows.value, list.stopped.value]).toEqual([[1, 2, 3, 4], null])
  })
  it('fails as a whole where its first page does not come', async () => {
    const list = useList(page)
    cut = 'first'
    await list.load()
    expect([list.standing.value, list.fault.value?.code]).toEqual(['failed', 'unreachable'])
  })
  it('is read anew by itself once the server is reached again, while its screen stands', async () => {
    const scope = effectScope()
    const list = scope.run(() => useList(page))
    cut = 'first'
    await list?.load()
    tellReached(false)
    cut = null
    tellReached(true)
    await list?.loadMore()
    expect([list?.standing.value, list?.rows.value]).toEqual(['ready', [1, 2]])
    scope.stop()
    tellReached(false)
    asked = []
    tellReached(true)
    expect([asked, reached.value]).toEqual([[], true])
  })
  it('is read at once, and anew when something else is asked for', async () => {
    const scope = effectScope()
    const what = ref('a')
    let loads = 0
    const of = { load: () => Promise.resolve(void (loads += 1)) }
    scope.run(() => readAsAsked(of, () => ({ what: what.value })))
    expect(loads).toBe(1)
    what.value = 'b'
    await nextTick()
    expect(loads).toBe(2)
    scope.stop()
    what.value = 'c'
    await nextTick()
    expect(loads).toBe(2)
  })
  it('asks for a page once, whoever waits for it', async () => {
    const list = useList(page)
    await list.load()
    await Promise.all([list.loadMore(), list.loadMore()])
    expect(asked).toEqual(['first', 'second'])
  })
  it('reads on to its end, or to so many rows, or to a page that does not come', async () => {
    const list = useList(page)
    await list.load()
    await readOn(list, 3)
    expect([list.rows.value.length, list.more.value]).toEqual([4, true])
    cut = 'third'
    await readOn(list, 100)
    expect([list.rows.value.length, list.more.value]).toEqual([4, true])
    cut = null
    await readOn(list, 100)
    expect([list.rows.value, list.more.value]).toEqual([[1, 2, 3, 4, 5], false])
  })
})
