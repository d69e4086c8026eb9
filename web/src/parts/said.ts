// SPDX-License-Identifier: Apache-2.0
// What must be told says something: a reason of blanks, or of marks of punctuation, is none. The server asks the same.

// Letters that show nothing.
const FILLERS = /[\u115f\u1160\u3164\uffa0]/g

/** One letter or digit of any script at least; a character of an office's own font (for a rare name) is one. */
export function saysSomething(text: string): boolean {
  return /[\p{L}\p{N}\p{Co}]/u.test(text.replace(FILLERS, ''))
}
