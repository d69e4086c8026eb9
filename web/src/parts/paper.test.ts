// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { flushPromises, mount } from '@vue/test-utils'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { computed, defineComponent, h, nextTick, shallowRef } from 'vue'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Behind } from '../api/list'
import { hasTables, keepPaper, printedAt, useWholeOnPaper } from './paper'

const printed = vi.fn()
const send = (name: string) => window.dispatchEvent(new Event(name))
const keys = () =>
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'p', ctrlKey: true, cancelable: true, bubbles: true }))

/** A list of which a page is still to come. */
function listBehind(): Behind {
  const rows = shallowRef<readonly unknown[]>([1])
  const loadMore = () => {
    rows.value = [1, 2]
    return Promise.resolve()
  }
  return { rows, more: computed(() => rows.value.length < 2), stopped: shallowRef(null), loadMore }
}

beforeAll(() => keepPaper(() => '2026-11-27 09:00'))
beforeEach(() => {
  window.print = printed
  document.body.innerHTML = ''
})
afterEach(() => {
  send('afterprint')
  printed.mockClear()
})

describe('what goes to paper', () => {
  it('says when, and of an open drawer is the drawer alone, without its buttons', async () => {
    document.body.innerHTML =
      '<main><p class="paper-head">office</p><table></table></main>' +
      '<dialog class="drawer" open><h2>why</h2><div class="foot">send</div></dialog>'
    send('beforeprint')
    await nextTick()
    expect(printedAt.value).toBe('2026-11-27 09:00')
    expect(document.querySelector('.paper-sheet')?.textContent).toBe('officewhy')
    expect(document.documentElement.classList.contains('prints-sheet')).toBe(true)
    send('afterprint')
    expect(document.querySelector('.paper-sheet')).toBeNull()
    expect(document.documentElement.classList.contains('prints-sheet')).toBe(false)
  })
  it('lies across where there is a long table', () => {
    document.body.innerHTML = '<main><div role="grid"></div></main>'
    send('beforeprint')
    expect(document.documentElement.classList.contains('prints-wide')).toBe(true)
    document.body.innerHTML = '<main></main>'
    send('beforeprint')
    expect(document.documentElement.classList.contains('prints-wide')).toBe(false)
  })
  it('leaves the key to the browser where everything was read', () => {
    expect(hasTables.value).toBe(false)
    expect(keys()).toBe(true) // not prevented
    expect(printed).not.toHaveBeenCalled()
  })
})

describe('a list of which not all was read', () => {
  it('is read to its end before the key prints it', async () => {
    const list = listBehind()
    const screen = mount(
      defineComponent({
        setup() {
          useWholeOnPaper(() => list, true)
          return () => h('main')
        },
      }),
    )
    expect(hasTables.value).toBe(true)
    expect(keys()).toBe(false)
    await flushPromises()
    expect(list.rows.value).toHaveLength(2)
    expect(printed).toHaveBeenCalledTimes(1)
    screen.unmount()
    expect(hasTables.value).toBe(false)
  })
})

describe('the grounds and the shape of a printed page', () => {
  const css = readFileSync(resolve('src/style/paper.css'), 'utf8')
  it('keep what tells something: squares of the map under their numbers, tags, shapes of levels', () => {
    const kept = /([^{}]+)\{[^}]*print-color-adjust: exact/.exec(css)?.[1] ?? ''
    for (const ground of ['.tag', '.tiles > li', '.outline', '.shape']) expect(kept).toContain(ground)
  })
  it('let a long card break over pages', () => {
    const whole = [...css.matchAll(/([^{}]+)\{[^}]*break-inside: avoid/g)].map((found) => found[1]).join()
    expect(whole).not.toMatch(/\.card\b(?! >)/)
  })
})
