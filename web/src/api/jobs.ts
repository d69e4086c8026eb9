// SPDX-License-Identifier: Apache-2.0
// Long work on the server, followed as it goes. It goes on there whether anyone looks or not: a screen that comes back
// follows it again.
import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { api, Fault, told, type Schema } from './client'

export type Job = Schema['Job']

const OVER: ReadonlySet<string> = new Set(['done', 'failed', 'cancelled', 'interrupted'])
export function isOver(job: Pick<Job, 'state'>): boolean {
  return OVER.has(job.state)
}

/** How far it is, from 0 to 100; null while nothing is counted. */
export function percentOf(job: Pick<Job, 'done' | 'total' | 'state'>): number | null {
  if (job.state === 'done') return 100
  if (job.total <= 0) return null
  return Math.max(0, Math.min(100, Math.floor((job.done / job.total) * 100)))
}

/** What became of it, or stood in its way, as the server words it. */
export function faultOfJob(job: Pick<Job, 'fault'>): { zh: string; en: string } | null {
  return job.fault
}

export interface Followed {
  job: ShallowRef<Job | null>
  fault: ShallowRef<Fault | null>
  /** The line is down; it is taken up again by itself. */
  lost: Ref<boolean>
}

/** Follows the job of this number; another number, another job. `over` is called once for each that ends. */
export function useJob(id: () => string, over?: (job: Job) => void): Followed {
  const job = shallowRef<Job | null>(null)
  const fault = shallowRef<Fault | null>(null)
  const lost = ref(false)
  let source: EventSource | null = null

  function end(): void {
    source?.close()
    source = null
  }
  function take(data: string): void {
    lost.value = false
    job.value = JSON.parse(data) as Job
  }
  async function follow(number: string): Promise<void> {
    end()
    job.value = null
    fault.value = null
    if (number === '') return
    try {
      const now = await told(api.GET('/api/v1/jobs/{id}', { params: { path: { id: number } } }))
      if (number !== id()) return
      job.value = now
      if (isOver(now)) over?.(now)
      else listen(number)
    } catch (thrown) {
      if (!(thrown instanceof Fault)) throw thrown
      fault.value = thrown
    }
  }
  function listen(number: string): void {
    source = new EventSource(`/api/v1/jobs/${encodeURIComponent(number)}/events`)
    source.addEventListener('progress', (event) => take((event as MessageEvent<string>).data))
    source.addEventListener('end', (event) => {
      take((event as MessageEvent<string>).data)
      end()
      if (job.value) over?.(job.value)
    })
    source.onerror = () => (lost.value = true)
    source.onopen = () => (lost.value = false)
  }
  watch(id, follow, { immediate: true })
  onBeforeUnmount(end)
  return { job, fault, lost }
}
