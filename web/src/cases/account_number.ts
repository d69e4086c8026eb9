// SPDX-License-Identifier: Apache-2.0
// A bank account as it is written: grouped while one types it, its last four digits once it stands.

/** Its digits, in half width, without blanks and hyphens; null: something else is in it, or nothing. */
export function accountDigits(text: string): string | null {
  const half = text.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
  const digits = half.replace(/[\s\u200b-\u200f\ufeff－-]/g, '')
  return /^\d+$/.test(digits) ? digits : null
}

/** In fours, as it stands on a card. What is not digits stays as it was written. */
export function inGroups(text: string): string {
  return accountDigits(text)?.replace(/(\d{4})(?=\d)/g, '$1 ') ?? text
}

/** Where one stands in the groups with so many digits behind one. */
export function placeIn(groups: string, digits: number): number {
  let place = 0
  for (let seen = 0; seen < digits && place < groups.length; place++) if (groups[place] !== ' ') seen++
  return place
}

export function lastFour(digits: string): string {
  return digits.length < 8 ? '****' : `****${digits.slice(-4)}`
}

/** Whether the last digit is that of a card; passbooks need not have one. */
export function hasCheckDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((all, digit, at) => {
    const twice = at % 2 ? 2 * Number(digit) : Number(digit)
    return all + (twice > 9 ? twice - 9 : twice)
  }, 0)
  return digits !== '' && sum % 10 === 0
}
