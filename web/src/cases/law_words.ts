// SPDX-License-Identifier: Apache-2.0
// The pack in force: titles of its levels and indicators, by which warnings are told. Read once.
import { api, told, type Schema } from '../api/client'
import { readProcedures } from './procedures'

let asked: Promise<Schema['Pack']> | null = null

export function readPack(): Promise<Schema['Pack']> {
  asked ??= readProcedures().then(({ pack }) =>
    told(api.GET('/api/v1/packs/{id}', { params: { path: { id: pack } } })),
  )
  asked.catch(() => (asked = null))
  return asked
}
