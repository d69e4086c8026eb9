// SPDX-License-Identifier: Apache-2.0
// A case that a citizen opens for their own home: whether the pack lets them, and how it is sent, once.
import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { api, onceKey, told } from '../../api/client'
import { useThing, type Thing } from '../../api/list'
import { machineOf, openingMoves, readProcedures, type CaseMove } from '../../cases/procedures'
import type { Told } from '../../cases/values'
import { useDoing } from '../../parts/doing'
import { tell } from '../../parts/notices'
import { say, type Words } from '../../words/language'
import { readHome, type Home } from './mine'

export interface OwnCase {
  /** The home, and the move by which citizens open such a case; null: they do not. */
  readonly stands: Thing<{ readonly home: Home; readonly move: CaseMove | null }>
  readonly busy: Ref<boolean>
  /** What keeps it from being sent: said by the page (`lacks`) or by the server. */
  readonly trouble: ComputedRef<string>
  lacks: (what: string) => void
  send: (fields: Readonly<Record<string, Told>>, person?: string) => Promise<void>
}

export function useOwnCase(machine: string, sent: Words): OwnCase {
  const router = useRouter()
  const stands = useThing(async () => {
    const [home] = await Promise.all([readHome(), readProcedures()])
    const found = machineOf(machine)
    return { home, move: found ? (openingMoves(found).find((one) => one.by.includes('citizen')) ?? null) : null }
  })
  const { busy, fault, trouble: refused, run, clear } = useDoing()
  const lack = ref('')
  let key = onceKey()
  return {
    stands,
    busy,
    trouble: computed(() => lack.value || refused.value),
    lacks(what) {
      clear()
      lack.value = what
    },
    async send(fields, person) {
      const household = stands.body.value?.home.household?.code
      if (!household) return
      lack.value = ''
      const body = { machine, household, fields: { ...fields }, ...(person ? { person } : {}) }
      const params = { header: { 'Idempotency-Key': key } }
      const done = await run(() => told(api.POST('/api/v1/cases', { params, body })))
      if (!done) {
        // What was refused is mended and is another form; what was not reached is sent again as the same one.
        if (fault.value?.status !== 0) key = onceKey()
        return
      }
      tell(say(sent))
      await router.push(`/me/cases/${done.answer.case}`)
    },
  }
}
