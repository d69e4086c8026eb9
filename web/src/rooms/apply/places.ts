// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

export const PLACES: readonly Place[] = [
  {
    path: '/apply',
    title: { zh: '受理申请', en: 'New application' },
    screen: () => import('./ApplyPage.vue'),
    rights: ['create:application'],
    group: 'work',
    icon: 'form',
    order: 30,
  },
]
