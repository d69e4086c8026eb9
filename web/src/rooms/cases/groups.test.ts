// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import { spanOf } from './groups'

describe('groups of the to-do', () => {
  it('leave no day between them and share none', () => {
    expect(spanOf('overdue', '2025-03-01')).toEqual({ due_until: '2025-02-28' })
    expect(spanOf('today', '2025-03-01')).toEqual({ due_from: '2025-03-01', due_until: '2025-03-01' })
    expect(spanOf('week', '2025-03-01')).toEqual({ due_from: '2025-03-02', due_until: '2025-03-08' })
    expect(spanOf('later', '2025-03-01')).toEqual({ due_from: '2025-03-09' })
  })
  it('ask for all without a filter, and for what has no day or waits by a word of the server', () => {
    expect(spanOf('all', '2025-03-01')).toEqual({})
    expect(spanOf('undated', '2025-03-01')).toEqual({ due: 'none' })
    expect(spanOf('waiting', '2025-03-01')).toEqual({ waiting: 'true' })
  })
})
