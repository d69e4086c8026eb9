// SPDX-License-Identifier: Apache-2.0
// Who is signed in and what they may do.
import { computed, shallowRef } from 'vue'
import { api, Fault, keepMark, told, type Schema } from '../api/client'
import { forgetJobs } from '../api/kept_job'
import { emptyPhone } from './phone'

export type Session = Schema['Session']
export const session = shallowRef<Session | null>(null)

export function keepSession(now: Session | null): void {
  session.value = now
  keepMark(now?.csrf ?? '')
}

/** Asks the server who this browser is; null where nobody is signed in. */
export async function readSession(): Promise<Session | null> {
  try {
    keepSession(await told(api.GET('/api/v1/session')))
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.status !== 401) throw thrown
    keepSession(null)
  }
  return session.value
}

/** Leaves: what a round keeps on this device goes first, even where the server is not reached. */
export async function signOut(): Promise<void> {
  await emptyPhone()
  forgetJobs()
  await told(api.DELETE('/api/v1/session'))
  keepSession(null)
}

/** Whether a right (`read:household`) is among those of this session. */
export function may(right: string): boolean {
  return session.value?.rights.includes(right) ?? false
}

export function hasRole(...roles: readonly string[]): boolean {
  return session.value?.roles.some((role) => roles.includes(role.id)) ?? false
}

export const isCitizen = computed(() => session.value?.kind === 'citizen')
