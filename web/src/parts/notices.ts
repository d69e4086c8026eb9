// SPDX-License-Identifier: Apache-2.0
// Short messages of what was done or was not; read out by screen readers, gone after a while, with an undo if any.
import { ref } from 'vue'
import { Fault } from '../api/client'
import { say, type Words } from '../words/language'
import { colon } from '../words/marks'

export interface Notice {
  readonly id: number
  readonly kind: 'good' | 'bad'
  readonly text: string
  readonly undo?: { readonly words: Words; readonly then: () => void }
}

const STAYS_MS = 6000
let last = 0
export const notices = ref<readonly Notice[]>([])

export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id)
}

export function tell(text: string, kind: Notice['kind'] = 'good', undo?: Notice['undo']): void {
  const id = ++last
  notices.value = [...notices.value, undo ? { id, kind, text, undo } : { id, kind, text }]
  // What went wrong stays until it was read.
  if (kind === 'good') setTimeout(() => dismiss(id), undo ? STAYS_MS * 2 : STAYS_MS)
}

const UNREACHED: Words = {
  zh: '连不上服务器，请检查网络后重试',
  en: 'The server cannot be reached: check the network and try again',
}

/** A fault as one sentence, with what may be told to those who keep the server. */
export function sentenceOf(fault: Fault): string {
  if (fault.status === 0) return say(UNREACHED)
  const first = fault.errors[0]?.detail
  return [fault.message, first && first !== fault.message ? first : ''].filter(Boolean).join(colon())
}

/** Tells a fault; anything else is a bug of ours and goes on. */
export function tellFault(thrown: unknown): void {
  if (!(thrown instanceof Fault)) throw thrown
  tell(sentenceOf(thrown), 'bad')
}
