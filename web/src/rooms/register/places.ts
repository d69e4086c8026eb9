// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'
import { SAID } from './words'

// What is written of a change is for offices of civil affairs alone.
const RIGHTS = ['read:household']
const ROLES = ['county_caseworker', 'township_officer', 'city_monitor_officer', 'auditor']

export const PLACES: readonly Place[] = [
  {
    path: '/register',
    title: SAID.title,
    screen: () => import('./Cases.vue'),
    rights: RIGHTS,
    roles: ROLES,
    group: 'people',
    icon: 'pen',
    order: 25,
  },
  {
    path: '/register/questions',
    title: SAID.questions,
    screen: () => import('./Questions.vue'),
    rights: RIGHTS,
    roles: ROLES,
  },
  {
    path: '/register/proposals',
    title: SAID.proposals,
    screen: () => import('./Proposals.vue'),
    rights: RIGHTS,
    roles: ROLES,
  },
  { path: '/register/near', title: SAID.near, screen: () => import('./Near.vue'), rights: RIGHTS, roles: ROLES },
  {
    path: '/register/cases/:id',
    title: SAID.title,
    screen: () => import('./OneCase.vue'),
    rights: RIGHTS,
    roles: ROLES,
  },
  {
    path: '/register/proposals/:id',
    title: SAID.proposals,
    screen: () => import('./OneProposal.vue'),
    rights: RIGHTS,
    roles: ROLES,
  },
  {
    path: '/register/propose/:kind?',
    title: SAID.propose,
    screen: () => import('./Propose.vue'),
    rights: ['change:household'],
    roles: ROLES,
  },
]
