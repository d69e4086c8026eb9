// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

const MINE = { roles: ['citizen'], bare: true } as const

export const PLACES: readonly Place[] = [
  {
    path: '/check',
    title: { zh: '看看我能得到哪些帮助', en: 'What help may I get' },
    screen: () => import('./Check.vue'),
    open: true,
    bare: true,
  },
  {
    path: '/first',
    title: { zh: '第一次申请', en: 'Apply for the first time' },
    screen: () => import('./First.vue'),
    open: true,
    bare: true,
  },
  { path: '/me', title: { zh: '我的首页', en: 'My page' }, screen: () => import('./MyHome.vue'), ...MINE },
  { path: '/me/cases/:id', title: { zh: '我的事', en: 'My matter' }, screen: () => import('./MyCase.vue'), ...MINE },
  {
    path: '/me/apply',
    title: { zh: '我要申请救助', en: 'Apply for help' },
    screen: () => import('./Apply.vue'),
    ...MINE,
  },
  {
    path: '/me/objection',
    title: { zh: '我有不同意见', en: 'I disagree' },
    screen: () => import('./Objection.vue'),
    ...MINE,
  },
  {
    path: '/me/help',
    title: { zh: '我家得到的帮助', en: 'Help my family received' },
    screen: () => import('./MyHelp.vue'),
    ...MINE,
  },
  {
    path: '/me/looks',
    title: { zh: '谁看过我的信息', en: 'Who viewed my data' },
    screen: () => import('./MyLooks.vue'),
    ...MINE,
  },
  { path: '/me/papers', title: { zh: '我的文书', en: 'My papers' }, screen: () => import('./MyPapers.vue'), ...MINE },
]
