// SPDX-License-Identifier: Apache-2.0
// A clause as a person reads it: the notice by its name instead of the pack's id, and how sure its wording is in words
// instead of the packs' marks ([F] found in public sources, [M] not checked yet against the original, [I] this
// project's own). A citizen reads the clause alone.
import { shallowRef } from 'vue'
import { api, told } from '../api/client'
import { session } from '../people/session'
import { say, type Words } from '../words/language'
import { semicolon } from '../words/marks'

export interface Clause {
  readonly text: string
  /** What staff should know of it; none: nothing. */
  readonly hints: readonly Words[]
}
export type Notices = ReadonlyMap<string, { readonly title: Words; readonly isLocal: boolean }>

const HINTS: Readonly<Record<string, Words>> = {
  M: { zh: '未核对原文', en: 'not checked against the original' },
  I: { zh: '本平台自定，文件未规定', en: 'this platform’s own; no notice says so' },
}
const SET: Words = { zh: '指标方案', en: 'Set of indicators,' }
const MARK = /\s*\[(\w)\]/g

/** `notices`: of whom each pack is; none: the clause stands by itself. */
export function clauseOf(cite: string, notices: Notices = new Map()): Clause {
  const marks = new Set<string>()
  const parts = cite.split('；').map((part) => {
    for (const [, mark = ''] of part.matchAll(MARK)) marks.add(mark)
    const plain = part.replace(MARK, '').trim()
    // Of a set of indicators that a pack takes over, which is named above them.
    const set = /^profiles\/\S+\s+(.*)$/.exec(plain)
    if (set) return `${say(SET)} ${set[1] ?? ''}`
    const of = /^([a-z][\w-]*)@\S+\s*(.*)$/.exec(plain)
    if (!of) return plain
    // What holds in the whole country names its own documents.
    const notice = notices.get(of[1] ?? '')
    return [notice?.isLocal ? say(notice.title) : '', of[2]].filter(Boolean).join(' ')
  })
  return {
    text: parts.filter(Boolean).join(semicolon()),
    hints: [...marks].map((mark) => HINTS[mark]).filter((hint) => hint !== undefined),
  }
}

const notices = shallowRef<Notices>(new Map())
let asked: Promise<void> | null = null
/** The packs by name; read once, and without them a clause stands by itself. */
export function readNotices(): void {
  if (session.value?.kind !== 'staff' || session.value.stage !== 'full') return
  asked ??= told(api.GET('/api/v1/packs')).then(
    ({ items }) => {
      notices.value = new Map(items.map((one) => [one.id, { title: one.title, isLocal: one.region !== '' }]))
    },
    () => void (asked = null),
  )
}

/** The name of a pack; its id where this reader is not told of packs. */
export function noticeTold(id: string): string {
  const notice = notices.value.get(id)
  return notice ? say(notice.title) : id
}

/** For a reader as this session is. */
export function clauseTold(cite: string): Clause {
  const { text, hints } = clauseOf(cite, notices.value)
  return session.value?.kind === 'staff' ? { text, hints } : { text: clauseOf(cite).text, hints: [] }
}
/** In a line of other words, or the cell of a table: without the name of the notice. */
export function clauseText(cite: string): string {
  return clauseOf(cite).text
}
