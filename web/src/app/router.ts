// SPDX-License-Identifier: Apache-2.0
import {
  createRouter,
  createWebHistory,
  type RouteLocationNormalized,
  type RouteLocationRaw,
  type RouteRecordRaw,
} from 'vue-router'
import { whenSignedOut } from '../api/client'
import { hasRole, isCitizen, keepSession, may, readSession, session } from '../people/session'
import { language, say } from '../words/language'
import { WORDS } from '../words/common'
import { homeOf } from './home'
import type { Place } from './places'
import { PLACES } from './rooms'

declare module 'vue-router' {
  interface RouteMeta {
    place?: Place
    bare?: boolean
  }
}

/** Whether this session may open a screen. */
export function isOpen(place: Place): boolean {
  if (place.open) return true
  if (session.value === null) return false
  // Whoever looks after their own affairs has their own pages: none of the office, whatever right it asks for.
  if (isCitizen.value && !place.roles?.includes('citizen')) return false
  const right = place.rights === undefined || place.rights.some(may)
  return right && (place.roles === undefined || hasRole(...place.roles))
}

const NO_RIGHT = 'no-right'
const routes: RouteRecordRaw[] = [
  ...PLACES.map((place): RouteRecordRaw => ({
    path: place.path,
    component: place.screen,
    props: true,
    meta: { place, bare: place.bare ?? false },
  })),
  { path: '/', redirect: () => homeOf(session.value) },
  { path: '/:rest(.*)*', component: () => import('./NotThere.vue') },
  // The address stays as it was asked for.
  { path: '/:rest(.*)*', name: NO_RIGHT, component: () => import('./NoRight.vue') },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
})

/** Nobody fills in a form that is refused when it is sent: who may not open a screen is told so in its place. */
function refused(to: RouteLocationNormalized): RouteLocationRaw {
  if (isCitizen.value) return homeOf(session.value)
  return { name: NO_RIGHT, params: { rest: to.path.split('/').slice(1) }, query: to.query, replace: true }
}

let asked = false
let reached = true
router.beforeEach(async (to) => {
  if (!asked) {
    asked = true
    // Without a net the phone opens on what it holds.
    await readSession().catch(() => (reached = false))
  }
  const place = to.meta.place
  if (to.path === '/' && session.value !== null) return homeOf(session.value)
  if (place?.open) return true
  const now = session.value
  if (now === null || now.stage !== 'full') {
    return place?.path.startsWith('/round') && !(navigator.onLine && reached)
      ? true
      : { path: '/sign-in', query: { to: to.fullPath } }
  }
  return place === undefined || isOpen(place) ? true : refused(to)
})

router.afterEach((to) => {
  const title = to.meta.place?.title
  document.title = title ? `${say(title)} · ${say(WORDS.platform)}` : say(WORDS.platform)
  void language.value
})

whenSignedOut(() => {
  keepSession(null)
  void router.push({ path: '/sign-in', query: { to: router.currentRoute.value.fullPath, ended: 'yes' } })
})
