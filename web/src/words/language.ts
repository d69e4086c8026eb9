// SPDX-License-Identifier: Apache-2.0
// Chinese first, English beside it. Whatever is said stands in both, as in the packs and the answers of the server.
import { ref, watchEffect } from 'vue'

export interface Words {
  readonly zh: string
  readonly en: string
}
export type Language = keyof Words

const KEPT_AS = 'doudi.language'

function kept(): Language {
  return localStorage.getItem(KEPT_AS) === 'en' ? 'en' : 'zh'
}

export const language = ref<Language>(kept())

export function keepLanguage(): void {
  watchEffect(() => {
    localStorage.setItem(KEPT_AS, language.value)
    document.documentElement.lang = language.value === 'zh' ? 'zh-CN' : 'en'
  })
}

/** `{name}` stands for a value; `{name|day|days}` for the word that goes with one, and with any other number. */
const PLACE = /\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g

/** The words in the reader's language. */
export function say(words: Words, values: Readonly<Record<string, string | number>> = {}): string {
  return words[language.value].replace(PLACE, (whole, name: string, one?: string, more?: string) => {
    const value = values[name]
    if (value === undefined) return whole
    return one === undefined || more === undefined ? String(value) : String(value) === '1' ? one : more
  })
}
