// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import HouseholdAt from './HouseholdAt.vue'

it('tells which office has the household that a case was tied to, and who opens what is asked for it', () => {
  const card = mount(HouseholdAt, { props: { office: '第二镇' } })
  expect(card.get('.strong').text()).toBe('第二镇')
  expect(card.get('[role=status]').text()).toContain('由该单位办理')
  expect(card.find('a, button').exists()).toBe(false)
})
