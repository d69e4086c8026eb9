// SPDX-License-Identifier: Apache-2.0
// Marks between words, as each language writes them.
import { language } from './language'

const isZh = () => language.value === 'zh'

/** Between the things of a list: `names.join(comma())`. */
export const comma = (): string => (isZh() ? '、' : ', ')
export const semicolon = (): string => (isZh() ? '；' : '; ')
/** Between a title and what is said of it. */
export const colon = (): string => (isZh() ? '：' : ': ')
export const stop = (): string => (isZh() ? '。' : '. ')
/** In brackets, behind a word; nothing where there is nothing to say. */
export function aside(text: string | number | undefined): string {
  if (text === undefined || text === '') return ''
  return isZh() ? `（${text}）` : ` (${text})`
}
