// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount, RouterLinkStub } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import RunningBeside from './RunningBeside.vue'

const word = (zh: string) => ({ zh, en: zh })
const running = [
  { case: '71', machine: 'emergency', title: word('急难救助'), state: word('已先行救助'), since: '2025-06-03' },
  { case: '64', machine: 'temporary', title: word('临时救助审核审批'), state: word('已受理'), since: '2025-05-20' },
]

describe('what goes on for a household to which a case was tied', () => {
  it('is told with its state and its day, each opens, and the judgement is left to the reader', () => {
    const card = mount(RunningBeside, { props: { running }, global: { stubs: { RouterLink: RouterLinkStub } } })
    expect(card.findAllComponents(RouterLinkStub).map((link) => link.props('to'))).toEqual(['/cases/71', '/cases/64'])
    const [first, second] = card.findAll('li').map((line) => line.text())
    expect(first).toMatch(/急难救助 71.*已先行救助/)
    expect(second).toMatch(/临时救助审核审批 64.*已受理/)
    expect(card.get('[role=status]').text()).toContain('由经办人判断')
    expect(card.find('button').exists()).toBe(false)
  })
})
