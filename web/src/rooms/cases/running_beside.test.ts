// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { mount, RouterLinkStub } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import HelpedBefore from './HelpedBefore.vue'
import RunningBeside from './RunningBeside.vue'

const word = (zh: string) => ({ zh, en: zh })
const running = [
  {
    case: '71',
    machine: 'emergency',
    title: word('急难救助'),
    state: word('已先行救助'),
    since: '2025-06-03',
    opens: true,
  },
  {
    case: '64',
    machine: 'temporary',
    title: word('临时救助审核审批'),
    state: word('已受理'),
    since: '2025-05-20',
    opens: true,
  },
]

const there = { global: { stubs: { RouterLink: RouterLinkStub } } }

describe('what goes on for a household to which a case was tied', () => {
  it('is told with its state and its day, each opens, and the judgement is left to the reader', () => {
    const card = mount(RunningBeside, { props: { running }, ...there })
    expect(card.findAllComponents(RouterLinkStub).map((link) => link.props('to'))).toEqual(['/cases/71', '/cases/64'])
    const [first, second] = card.findAll('li').map((line) => line.text())
    expect(first).toMatch(/急难救助 71.*已先行救助/)
    expect(second).toMatch(/临时救助审核审批 64.*已受理/)
    expect(card.get('[role=status]').text()).toContain('由经办人判断')
    expect(card.find('button').exists()).toBe(false)
  })
  it('is unknown, and not nothing, of whom nobody knows', () => {
    const card = mount(HelpedBefore, { props: { helped: [], unknown: true }, ...there })
    expect(card.get('[role=status]').text()).toContain('未知')
    expect(card.find('ul').exists()).toBe(false)
    const known = mount(HelpedBefore, { props: { helped: [] }, ...there })
    expect(known.find('[role=status]').exists()).toBe(false)
  })
  it('is told without a link where its office is out of reach, and so is what was given there', () => {
    const apart = running.map((one) => ({ ...one, opens: one.case === '64' }))
    const cards = [
      mount(RunningBeside, { props: { running: apart }, ...there }),
      mount(HelpedBefore, {
        props: {
          helped: [
            {
              case: '71',
              machine: 'emergency',
              title: word('急难救助'),
              on: '2025-06-03',
              amount: 80000,
              opens: false,
            },
            {
              case: '64',
              machine: 'temporary',
              title: word('临时救助审核审批'),
              on: '2025-05-20',
              amount: null,
              opens: true,
            },
          ],
        },
        ...there,
      }),
    ]
    for (const card of cards) {
      expect(card.findAllComponents(RouterLinkStub).map((link) => link.props('to'))).toEqual(['/cases/64'])
      expect(card.get('li').text()).toMatch(/6月3日.*急难救助 71\s+（不在您的办理范围，不能打开）/)
    }
    expect(cards[1]?.get('li').text()).toContain('800')
  })
})
