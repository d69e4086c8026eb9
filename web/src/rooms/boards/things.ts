// SPDX-License-Identifier: Apache-2.0
// Machines of the pack by what they are about: the only thing that is grouped here. All else comes from the server.
import type { Machine } from '../../cases/procedures'
import type { Words } from '../../words/language'

export interface Thing {
  readonly id: string
  readonly title: Words
  readonly icon: string
}
export const THINGS: readonly Thing[] = [
  { id: 'warning', title: { zh: '预警', en: 'Warnings' }, icon: 'bell' },
  { id: 'application', title: { zh: '申请和认定', en: 'Applications and decisions' }, icon: 'form' },
  { id: 'objection', title: { zh: '异议和救济', en: 'Objections' }, icon: 'scales' },
  { id: 'award', title: { zh: '发放和资金', en: 'Payments and funds' }, icon: 'heart' },
  { id: 'referral', title: { zh: '部门和社会帮扶', en: 'Departments and charity' }, icon: 'swap' },
  { id: 'order', title: { zh: '服务', en: 'Services' }, icon: 'people' },
  { id: 'conference', title: { zh: '会商', en: 'Conferences' }, icon: 'talk' },
  { id: 'visit', title: { zh: '走访和排查', en: 'Visits and surveys' }, icon: 'house' },
  { id: 'task', title: { zh: '任务和督办', en: 'Tasks' }, icon: 'flag' },
  { id: 'person', title: { zh: '人员变动', en: 'People' }, icon: 'people' },
]
const OTHER: Thing = { id: '', title: { zh: '其他', en: 'Others' }, icon: 'file' }

export function thingOf(id: string): Thing {
  return THINGS.find((thing) => thing.id === id) ?? OTHER
}

/** Machines in their groups; a thing that is not known here stands among the others. */
export function grouped(machines: readonly Machine[]): { thing: Thing; machines: readonly Machine[] }[] {
  return [...THINGS, OTHER]
    .map((thing) => ({ thing, machines: machines.filter((machine) => thingOf(machine.thing).id === thing.id) }))
    .filter((group) => group.machines.length > 0)
}
