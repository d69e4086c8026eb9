// SPDX-License-Identifier: Apache-2.0
// What a proposal of natural exit stands on, in words: who of the household, what happened, on which day, who told it.
import type { Schema } from '../../api/client'
import { indicatorTitle } from '../../law/pack'
import { day } from '../../words/form'
import { say } from '../../words/language'
import { comma, semicolon } from '../../words/marks'
import { relationTold } from '../../words/register'
import { SAID } from './words'

type Exit = Schema['Exit']

/** "张***，户主，死亡，2025年5月10日", one after another; what is not shown is counted. */
export function endsTold(exit: Exit): string {
  const ends = exit.events.map((one) =>
    [one.name ?? '***', relationTold(one.relation), say(indicatorTitle(one.indicator)), day(one.date)]
      .filter((part) => part !== '')
      .join(comma()),
  )
  if (exit.withheld > 0) ends.push(say(SAID.exitsWithheld, { n: exit.withheld }))
  return ends.join(semicolon())
}

/** The datasets that told them, each once. */
export function toldBy(exit: Exit): string {
  return [...new Set(exit.events.flatMap((one) => (one.dataset_title ? [say(one.dataset_title)] : [])))].join(comma())
}

/** The clause of the proposal, and those of its events that are others. */
export function clausesOf(exit: Exit): readonly string[] {
  return [...new Set([exit.clause, ...exit.events.map((one) => one.clause)])]
}
