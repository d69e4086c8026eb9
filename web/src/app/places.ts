// SPDX-License-Identifier: Apache-2.0
// The screens: where each stands, in which group of the side, and which right opens it.
import type { Component } from 'vue'
import type { Words } from '../words/language'

export interface Place {
  readonly path: string
  readonly title: Words
  readonly screen: () => Promise<Component>
  /** One of these rights opens it; none named: everybody who is signed in. */
  readonly rights?: readonly string[]
  /** One of these roles lives in it; none named: whoever has the right. */
  readonly roles?: readonly string[]
  /** Where it stands in the side; none: it is reached from another screen. */
  readonly group?: Group
  readonly icon?: string
  /** Among those of its group: the smaller, the higher. */
  readonly order?: number
  /** Without the shell: signing in, the phone, the citizen's pages. */
  readonly bare?: boolean
  /** Open to who is not signed in. */
  readonly open?: boolean
}

export type Group = 'work' | 'people' | 'together' | 'data' | 'law' | 'office'

export const GROUPS: readonly { id: Group; title: Words }[] = [
  { id: 'work', title: { zh: '办理', en: 'Work' } },
  { id: 'people', title: { zh: '对象', en: 'People' } },
  { id: 'together', title: { zh: '协同', en: 'Together' } },
  { id: 'data', title: { zh: '数据', en: 'Data' } },
  { id: 'law', title: { zh: '政策', en: 'Law' } },
  { id: 'office', title: { zh: '管理', en: 'Office' } },
]
