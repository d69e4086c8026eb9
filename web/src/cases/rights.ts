// SPDX-License-Identifier: Apache-2.0

/** Whoever has one of these reads one kind of case or another. */
export const READS_CASES = [
  'read:warning',
  'read:application',
  'read:referral',
  'read:order',
  'read:conference',
  'read:task',
  'read:visit',
  'read:objection',
  'read:award',
]
