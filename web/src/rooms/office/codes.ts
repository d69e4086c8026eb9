// SPDX-License-Identifier: Apache-2.0
// Numbers of households as people write them: one a line, with commas, or the first column of a table.
export function codesOf(text: string): string[] {
  return [...new Set(text.split(/[\s,，、;；]+/).filter(Boolean))]
}

/** The first column of a list; its heading is no number. */
export function firstColumn(text: string): string[] {
  const cells = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n|\r/)
    .map((line) => (line.split(/[,，\t;]/)[0] ?? '').replace(/^"|"$/g, '').trim())
    .filter(Boolean)
  return [...new Set(cells.filter((cell, n) => n > 0 || /\d/.test(cell)))]
}
