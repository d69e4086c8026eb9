// SPDX-License-Identifier: Apache-2.0
// The name that is looked for: in memory alone, never in an address, which browsers and servers keep.
import { ref } from 'vue'

export const soughtName = ref('')

/** Whether what was written is a name: numbers of households have no Chinese letters. */
export function isName(text: string): boolean {
  return /[^ -~]/.test(text.trim())
}
