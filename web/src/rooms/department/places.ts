// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'
import { SAID } from './words'

const ROLES = ['partner_department', 'agriculture_officer']

export const PLACES: readonly Place[] = [
  {
    path: '/department',
    title: SAID.inbox,
    screen: () => import('./Inbox.vue'),
    rights: ['change:referral'],
    roles: ROLES,
    group: 'together',
    icon: 'inbox',
    order: 10,
  },
  {
    path: '/department/joint',
    title: SAID.joint,
    screen: () => import('./Joint.vue'),
    rights: ['read:conference'],
    roles: ['agriculture_officer'],
    group: 'together',
    icon: 'talk',
    order: 20,
  },
  {
    path: '/department/files',
    title: SAID.files,
    screen: () => import('./Files.vue'),
    rights: ['create:feed'],
    roles: ROLES,
    group: 'data',
    icon: 'upload',
    order: 10,
  },
  {
    path: '/department/compare',
    title: SAID.compare,
    screen: () => import('./Compare.vue'),
    rights: ['read:feed'],
    roles: ['agriculture_officer'],
    group: 'data',
    icon: 'swap',
    order: 20,
  },
  {
    path: '/department/query',
    title: SAID.query,
    screen: () => import('./Query.vue'),
    rights: ['query:category'],
    roles: ROLES,
    group: 'together',
    icon: 'search',
    order: 30,
  },
  {
    path: '/department/ended',
    title: SAID.ended,
    screen: () => import('./Ended.vue'),
    rights: ['query:category'],
    roles: ROLES,
    group: 'together',
    icon: 'form',
    order: 40,
  },
]
