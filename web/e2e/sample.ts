// SPDX-License-Identifier: Apache-2.0
// People of the sample county, as its register's file tells them.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const COUNTY = fileURLToPath(new URL('../../samples/longchuan/', import.meta.url))

export interface Someone {
  readonly name: string
  readonly number: string
}

/** The rows of the register's households: number, region, address, head, the head's identity number, … */
export function registerRows(): readonly (readonly string[])[] {
  const text = readFileSync(`${COUNTY}registry/低收入人口_家庭.csv`, 'utf8').replace(/^\uFEFF/, '')
  return text
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => line.split(','))
}

/** The head of a household of the register, counted from its first row. */
export function someone(at: number): Someone {
  const row = registerRows()[at + 1] ?? []
  return { name: row[3] ?? '', number: row[4] ?? '' }
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
/** A whole identity number of the unassigned county, which nobody has: born on that day (YYYYMMDD), with this order. */
export function nobodysNumber(born: string, order: string): string {
  const digits = `441699${born}${order}`
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(digits[at]), 0)
  return digits + '10X98765432'.charAt(sum % 11)
}
