// SPDX-License-Identifier: Apache-2.0
/** The last of a list; undefined: it is empty. (`at(-1)` is younger than the browsers that are promised.) */
export function lastOf<T>(list: readonly T[]): T | undefined {
  return list[list.length - 1]
}
