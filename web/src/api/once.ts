// SPDX-License-Identifier: Apache-2.0
/** A name under which a thing is made once, however often it is sent. */
export function onceKey(): string {
  const words = crypto.getRandomValues(new Uint32Array(4))
  return Array.from(words, (word) => word.toString(16).padStart(8, '0')).join('')
}
