// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import DueDay from './DueDay.vue'

const shown = (internal: boolean) => mount(DueDay, { props: { due: '2025-01-06', left: -9, internal } })
const tags = (internal: boolean) =>
  shown(internal)
    .findAll('.tag')
    .map((tag) => tag.classes().filter((name) => name !== 'tag'))

describe('a day that has passed', () => {
  it('is late where the law sets it', () => {
    expect(tags(false)).toEqual([['red']])
  })
  it('is marked, and not as a breach, where it is a target of the office', () => {
    expect(tags(true)).toEqual([['orange']])
    expect(shown(true).get('.day').text()).toBe('内部目标 2025年1月6日')
  })
})
