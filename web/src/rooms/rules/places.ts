// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

export const PLACES: readonly Place[] = [
  {
    path: '/rules',
    title: { zh: '政策包', en: 'Policy packs' },
    screen: () => import('./Packs.vue'),
    rights: ['read:pack'],
    group: 'law',
    icon: 'book',
    order: 500,
  },
  {
    path: '/rules/:id',
    title: { zh: '政策包', en: 'Policy pack' },
    screen: () => import('./PackPage.vue'),
    rights: ['read:pack'],
  },
  {
    path: '/compare',
    title: { zh: '城市差异', en: 'Differences' },
    screen: () => import('./Compare.vue'),
    rights: ['read:pack'],
    group: 'law',
    icon: 'swap',
    order: 510,
  },
  {
    path: '/figures',
    title: { zh: '数值设定', en: 'Figures' },
    screen: () => import('./Figures.vue'),
    rights: ['read:parameter'],
    group: 'law',
    icon: 'scales',
    order: 520,
  },
  {
    path: '/proposals',
    title: { zh: '双人审批', en: 'Approvals' },
    screen: () => import('./Proposals.vue'),
    rights: ['propose:parameter', 'propose:pack', 'approve:pack', 'approve:person', 'approve:retention'],
    group: 'law',
    icon: 'pen',
    order: 530,
  },
  {
    path: '/whatif',
    title: { zh: '政策试算', en: 'What if' },
    screen: () => import('./WhatIf.vue'),
    rights: ['create:job'],
    roles: ['city_monitor_officer'],
    group: 'law',
    icon: 'what',
    order: 540,
  },
  {
    path: '/whatif/:job',
    title: { zh: '政策试算', en: 'What if' },
    screen: () => import('./WhatIfAnswer.vue'),
    rights: ['create:job'],
    roles: ['city_monitor_officer'],
  },
]
