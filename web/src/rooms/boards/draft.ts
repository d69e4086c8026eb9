// SPDX-License-Identifier: Apache-2.0
// A list that a condition drew up: what its job came to.
import type { Schema } from '../../api/client'
import type { Job } from '../../api/jobs'

/** Null: it is none of this kind, or it failed. */
export function draftOf(job: Job): Schema['ListDraftResult'] | null {
  return job.result && 'condition' in job.result ? job.result : null
}
