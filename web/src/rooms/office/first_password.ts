// SPDX-License-Identifier: Apache-2.0
// A first password that can be read out and written down: sixteen of 32 signs that are not taken for one another.
const SIGNS = '0123456789abcdefghjkmnpqrstvwxyz'
const GROUPS = 4
const OF_GROUP = 4

export function firstPassword(
  random: (into: Uint8Array) => Uint8Array = (into) => crypto.getRandomValues(into),
): string {
  const bytes = random(new Uint8Array(GROUPS * OF_GROUP))
  const signs = Array.from(bytes, (byte) => SIGNS[byte % SIGNS.length])
  return Array.from({ length: GROUPS }, (_, n) => signs.slice(n * OF_GROUP, (n + 1) * OF_GROUP).join('')).join('-')
}
