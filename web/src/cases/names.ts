// SPDX-License-Identifier: Apache-2.0
// Titles of offices and names of people for one case or for the work of an office, as far as the reader may see them.
import { api, Fault, told } from '../api/client'
import { allTitles, readTitles } from '../law/titles'
import { readEveryOffice } from '../people/offices'
import { may } from '../people/session'
import { say } from '../words/language'
import type { Case } from './one_case'
import type { Names } from './told'

async function unitTitles(): Promise<ReadonlyMap<string, string>> {
  return new Map((await readEveryOffice()).map((unit) => [unit.code, unit.title]))
}

async function memberNames(household: string, caseId: string): Promise<ReadonlyMap<string, string>> {
  if (!household || !may('read:household')) return new Map()
  try {
    const params = { path: { code: household } }
    const body = await told(api.GET('/api/v1/households/{code}', { params, headers: { 'X-Case': caseId } }))
    return new Map(body.members.flatMap((member) => (member.name ? [[member.id, member.name] as const] : [])))
  } catch (thrown) {
    // Not within reach: their numbers stand.
    if (thrown instanceof Fault) return new Map()
    throw thrown
  }
}

async function lawTitles(): Promise<ReadonlyMap<string, string>> {
  await readTitles()
  return new Map([...allTitles('levels'), ...allTitles('indicators')].map((one) => [one.id, say(one.title)]))
}

export async function namesFor(one: Case): Promise<Names> {
  const [units, people, law] = await Promise.all([unitTitles(), memberNames(one.household, one.id), lawTitles()])
  return { units, people, law, officers: new Map(one.people.map((each) => [each.name, each.full_name])) }
}

async function colleagueNames(): Promise<ReadonlyMap<string, string>> {
  try {
    const { items } = await told(api.GET('/api/v1/colleagues'))
    return new Map(items.map((one) => [one.name, one.full_name || one.name]))
  } catch (thrown) {
    // Told of nobody: their logins stand.
    if (thrown instanceof Fault) return new Map()
    throw thrown
  }
}

/** For rows of many cases of one's own office: colleagues and offices; members stay numbers. */
export async function namesAtWork(): Promise<Names> {
  const [units, officers, law] = await Promise.all([unitTitles(), colleagueNames(), lawTitles()])
  return { units, people: new Map(), law, officers }
}
