// SPDX-License-Identifier: Apache-2.0
// One thing done to many: asked for once, done by the server one after the other, answered for each. A reload, or
// somebody who comes back, finds it again.
import { api, onceKey, told, type Schema } from '../api/client'
import { useKeptJob } from '../api/kept_job'
import type { Words } from '../words/language'
import { useDoing, type Doing } from './doing'

export type BatchRow = Schema['BatchRow']
export type Outcome = BatchRow['outcome']

export const OUTCOMES: Readonly<Record<Outcome, { readonly title: Words; readonly tone: string }>> = {
  made: { title: { zh: '已办理', en: 'done' }, tone: 'green' },
  already_there: { title: { zh: '先前已办理', en: 'already done' }, tone: 'green' },
  kept_late: {
    title: { zh: '已不在该步，留待核对', en: 'status has changed; kept for manual review' },
    tone: 'orange',
  },
  refused: { title: { zh: '未办成', en: 'refused' }, tone: 'red' },
  not_there: { title: { zh: '不在您的办理范围', en: 'outside your area of responsibility' }, tone: 'red' },
  failed: { title: { zh: '服务器未能办理', en: 'the server could not do it' }, tone: 'red' },
  not_tried: { title: { zh: '尚未办理', en: 'not tried yet' }, tone: 'grey' },
}
const GOOD: readonly Outcome[] = ['made', 'already_there']

export interface Sum {
  readonly good: number
  /** Neither done nor with an officer to look at: may be tried again. */
  readonly rest: number
}
/** Of a job's result; null: it is none of this kind, or there is none. */
export function sumOf(result: Schema['JobResult']): Sum | null {
  if (!result || !('not_tried' in result)) return null
  return {
    good: GOOD.reduce((sum, one) => sum + result[one], 0),
    rest: result.refused + result.not_there + result.failed + result.not_tried,
  }
}

export interface Batch extends Pick<Doing, 'busy' | 'fault' | 'trouble'> {
  readonly id: ReturnType<typeof useKeptJob>['id']
  /** False: it was refused, and `fault` says why. */
  start: (body: Schema['NewBatch']) => Promise<boolean>
  /** What was not made, once more. */
  startRest: () => Promise<boolean>
  /** Its answers were read. */
  close: () => void
}

interface Key {
  readonly header: { readonly 'Idempotency-Key': string }
}

/** `screen`: which one, and what of (`boards.12`). */
export function useBatch(screen: string): Batch {
  const kept = useKeptJob(`batch.${screen}`)
  const { busy, fault, trouble, run } = useDoing()
  /** What is sent again as it was is the same job. */
  const sent = { what: '', key: '' }

  async function ask(what: string, work: (key: Key) => Promise<Schema['Asked']>): Promise<boolean> {
    if (sent.what !== what) Object.assign(sent, { what, key: onceKey() })
    const done = await run(() => work({ header: { 'Idempotency-Key': sent.key } }))
    if (!done) return false
    sent.what = ''
    kept.follow(done.answer.job)
    return true
  }
  return {
    id: kept.id,
    busy,
    fault,
    trouble,
    start: (body) => ask(JSON.stringify(body), (key) => told(api.POST('/api/v1/batches', { params: key, body }))),
    startRest() {
      const path = { id: kept.id.value }
      return ask(path.id, (key) => told(api.POST('/api/v1/batches/{id}/rest', { params: { ...key, path } })))
    },
    close() {
      kept.forget()
      kept.id.value = ''
    },
  }
}
