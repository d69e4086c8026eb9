// SPDX-License-Identifier: Apache-2.0
// Large print (大字版): remembered by the browser, told to the style sheet.
import { ref, watchEffect } from 'vue'

const KEPT_AS = 'doudi.large'
export const largePrint = ref(localStorage.getItem(KEPT_AS) === 'yes')

export function keepPrint(): void {
  watchEffect(() => {
    localStorage.setItem(KEPT_AS, largePrint.value ? 'yes' : 'no')
    if (largePrint.value) document.documentElement.dataset['print'] = 'large'
    else delete document.documentElement.dataset['print']
  })
}
