// SPDX-License-Identifier: Apache-2.0
// What a PIN must be: the phone's disk may be read by who finds it, so the easiest ones are refused.

const LEAST = 6

/** What speaks against a PIN that is chosen; empty: nothing. */
export function pinFault(pin: string): 'pinShort' | 'pinEasy' | '' {
  if (!/^\d+$/.test(pin) || pin.length < LEAST) return 'pinShort'
  const steps = new Set([...pin].slice(1).map((digit, n) => Number(digit) - Number(pin[n])))
  return steps.size === 1 ? 'pinEasy' : ''
}
