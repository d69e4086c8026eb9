// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

const LIVES = ['fund_clerk', 'auditor']

export const PLACES: readonly Place[] = [
  {
    path: '/payroll',
    title: { zh: '发放清册', en: 'Payroll' },
    screen: () => import('./Payroll.vue'),
    rights: ['read:payment'],
    roles: LIVES,
    group: 'work',
    icon: 'scales',
    order: 5,
  },
  {
    path: '/payroll/closed',
    title: { zh: '已结账的清册', en: 'Closed payrolls' },
    screen: () => import('./Closed.vue'),
    rights: ['read:payment'],
    roles: LIVES,
  },
]
