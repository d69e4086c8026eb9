// SPDX-License-Identifier: Apache-2.0
import type { Place } from '../../app/places'

export const PLACES: readonly Place[] = [
  {
    path: '/sign-in',
    title: { zh: '登录', en: 'Sign in' },
    screen: () => import('./SignIn.vue'),
    open: true,
    bare: true,
  },
  {
    path: '/sign-in/return',
    title: { zh: '登录', en: 'Sign in' },
    screen: () => import('./OutsideReturn.vue'),
    open: true,
    bare: true,
  },
  {
    path: '/sign-in/code',
    title: { zh: '群众登录', en: 'Citizens' },
    screen: () => import('./CodeIn.vue'),
    open: true,
    bare: true,
  },
  { path: '/account', title: { zh: '我的账号', en: 'My account' }, screen: () => import('./MyAccount.vue') },
  { path: '/welcome', title: { zh: '首页', en: 'Home' }, screen: () => import('./Welcome.vue') },
]
