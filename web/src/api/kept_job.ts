// SPDX-License-Identifier: Apache-2.0
// Which long work belongs to a screen: a reload, or somebody who comes back, follows it again. Its number alone is
// kept, for as long as this window is open; another window finds it among the jobs of the server.
import { onMounted, ref, type Ref } from 'vue'
import { api, Fault, told } from './client'
import { isOver, type Job } from './jobs'

const PREFIX = 'doudi.job.'

export interface KeptJob {
  /** Its number; empty: there is none. */
  readonly id: Ref<string>
  follow: (id: string) => void
  /** What is over is not shown again after a reload. */
  forget: () => void
}

/** `screen`: which one, and what of (`register.case.12`); `isMine`: whether a job that runs belongs to it. */
export function useKeptJob(screen: string, isMine?: (job: Job) => boolean): KeptJob {
  const key = PREFIX + screen
  const id = ref(sessionStorage.getItem(key) ?? '')
  function follow(number: string): void {
    id.value = number
    sessionStorage.setItem(key, number)
  }
  async function find(mine: (job: Job) => boolean): Promise<void> {
    try {
      const page = await told(api.GET('/api/v1/jobs', { params: { query: { limit: 100 } } }))
      const running = page.items.find((job) => !isOver(job) && mine(job))
      if (running && id.value === '') follow(running.id)
    } catch (thrown) {
      // Whoever may not read jobs has the number of their own.
      if (!(thrown instanceof Fault)) throw thrown
    }
  }
  onMounted(() => {
    if (isMine && id.value === '') void find(isMine)
  })
  return { id, follow, forget: () => sessionStorage.removeItem(key) }
}

/** Signing out: the next one at this window has jobs of their own. */
export function forgetJobs(): void {
  for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key)
}
