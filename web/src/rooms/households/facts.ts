// SPDX-License-Identifier: Apache-2.0
// Facts in the order in which they are read: the household's, then each member's, and what counts before what does not.
import type { Schema } from '../../api/client'
import { relationTold } from '../../words/register'

type Facts = Schema['HouseholdFacts']
type Fact = Schema['HouseholdFact']

/** What was superseded or has grown stale is shown on request, unless nothing else is known of the same; what a visit
 *  found beside what counts always is. */
export function shownFacts(facts: readonly Fact[], withOld: boolean): readonly Fact[] {
  if (withOld) return facts
  const key = (one: Fact) => `${one.person ?? ''}/${one.fact}`
  const counted = new Set(facts.filter((one) => one.standing === 'counts').map(key))
  const stands = (one: Fact) => one.standing === 'counts' || one.standing === 'beside'
  return facts.filter((one) => one.standing !== 'superseded' && (stands(one) || !counted.has(key(one))))
}

/** Members by their numbers; whoever left is called by nothing. */
export function namesOf(members: Schema['Household']['members']): ReadonlyMap<string, string> {
  return new Map(members.map((one) => [one.id, `${one.name ?? '***'} ${relationTold(one.relation)}`.trim()]))
}

/** The same missing thing of several people stands once. */
export interface Lacking {
  readonly key: string
  readonly one: Facts['missing'][number]
  readonly people: readonly string[]
}
export function lackingOf(missing: Facts['missing']): readonly Lacking[] {
  const found = new Map<string, { one: Facts['missing'][number]; people: string[] }>()
  for (const one of missing) {
    const key = `${one.kind}/${one.fact}/${one.why}`
    const known = found.get(key) ?? { one, people: [] }
    if (one.person) known.people.push(one.person)
    found.set(key, known)
  }
  return [...found].map(([key, { one, people }]) => ({ key, one, people }))
}
