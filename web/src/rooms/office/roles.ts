// SPDX-License-Identifier: Apache-2.0
// Roles as the server tells them: titles, seats, what each may do. Read once.
import { shallowRef } from 'vue'
import { api, told, type Schema } from '../../api/client'
import { titleOf } from '../../law/titles'
import { say } from '../../words/language'

export type Role = Schema['Role']
export const roles = shallowRef<readonly Role[]>([])
let asked: Promise<readonly Role[]> | null = null

export function readRoles(): Promise<readonly Role[]> {
  asked ??= told(api.GET('/api/v1/roles')).then(
    (page) => (roles.value = page.items),
    (thrown: unknown) => {
      asked = null
      throw thrown
    },
  )
  return asked
}

/** The title of a role; its id until roles were read. */
export function roleTitle(id: string): string {
  const role = roles.value.find((one) => one.id === id)
  return role ? say(role.title) : id
}

/** A verb or a thing of the log of looks, in words. */
export function rightWord(id: string): string {
  const verb = titleOf('verbs', id)
  return say(verb.zh === id ? titleOf('things', id) : verb)
}
