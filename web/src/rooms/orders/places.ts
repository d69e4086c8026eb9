// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

export const PLACES: readonly Place[] = [
  {
    path: '/orders',
    title: { zh: '服务单', en: 'Orders' },
    screen: () => import('./Orders.vue'),
    rights: ['change:order'],
    roles: ['service_provider'],
    group: 'work',
    icon: 'heart',
    order: 10,
  },
]
