// SPDX-License-Identifier: Apache-2.0
// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import type { CaseField, CaseMove } from '../../cases/procedures'
import { commonOf, companionsOf, freshDoor } from './door'
import {
  answerOf,
  foundFields,
  lacksOf,
  meetingsOf,
  MET,
  movesFor,
  ownFields,
  takesFound,
  type Common,
} from './knock'
import type { Task } from './model'

const W = { zh: '走访', en: 'Visit' }
function move(id: string, needs: string[], may: string[] = []): CaseMove {
  return {
    id,
    title: W,
    from: ['planned'],
    to: '',
    by: [],
    needs,
    may,
    papers: [],
    opens: [],
    hands_to: [],
    needs_if: [],
    determines: false,
    clause: '',
  }
}
function field(id: string, type: string, words: string[] = [], least = 0, fact = ''): CaseField {
  return { id, type, title: W, words: words.map((one) => ({ id: one, title: W })), least, sensitive: false, fact }
}
const fields = [
  field('officers', 'users', [], 2),
  field('note', 'text'),
  field('attempt', 'word', ['not_at_home', 'refused']),
  field('survey_result', 'word', ['better', 'worse']),
  field('findings', 'texts'),
  field('heard_income', 'money', [], 0, 'income_month'),
  field('found_ill', 'people', [], 0, 'chronic_illness'),
  field('place', 'text'),
  field('attachments', 'attachments'),
]
const visit: Task = {
  id: '372',
  machine: 'visit',
  title: W,
  state: W,
  due: null,
  overdue: false,
  wanted: '',
  moves: [
    move('attempt', ['attempt', 'officers'], ['note', 'attachments', 'place']),
    move('met', ['officers', 'note'], ['attachments', 'findings', 'place', 'heard_income', 'found_ill']),
  ],
}
const survey: Task = {
  ...visit,
  id: '381',
  moves: [
    move('attempt', ['attempt', 'officers'], ['note', 'attachments']),
    move('fill', ['survey_result', 'note'], ['officers', 'attachments']),
  ],
}
const common: Common = {
  meeting: MET,
  officers: ['zhang', 'li'],
  note: '在家，老人身体尚可',
  findings: ['屋顶漏雨'],
  found: {},
  place: '24.1, 115.2（±20 米）',
  evidence: ['到户时间 2026-11-27 14:05'],
  pictures: 1,
}
const metOf = (task: Task) => movesFor(task, MET)[0] as CaseMove
const vainOf = (task: Task) => movesFor(task, 'refused')[0] as CaseMove

describe('a knock', () => {
  it('lets one choose how the people were met by the words of the pack', () => {
    expect(meetingsOf([visit, survey], fields).map((one) => one.id)).toEqual([MET, 'not_at_home', 'refused'])
    const only: Task = { ...visit, moves: [metOf(visit)] }
    expect(meetingsOf([only], fields).map((one) => one.id)).toEqual([MET])
  })
  it('answers each task by the move that fits', () => {
    expect([metOf(visit).id, metOf(survey).id]).toEqual(['met', 'fill'])
    expect([vainOf(visit).id, vainOf(survey).id]).toEqual(['attempt', 'attempt'])
  })
  it('tells what is common in the fields that a move has', () => {
    expect(answerOf(visit, metOf(visit), common, {}, fields)).toMatchObject({
      case: '372',
      move: 'met',
      pictured: true,
      fields: {
        officers: ['zhang', 'li'],
        note: '在家，老人身体尚可\n到户时间 2026-11-27 14:05',
        findings: ['屋顶漏雨'],
        place: '24.1, 115.2（±20 米）',
      },
    })
  })
  it('tells facts once at the house, in the first answer that takes them', () => {
    const met: Common = { ...common, found: { heard_income: '1200', found_ill: ['7'] } }
    expect(foundFields([visit, survey].map(metOf), fields).map((one) => one.id)).toEqual([
      'heard_income',
      'found_ill',
    ])
    expect([visit, survey].map(metOf).map(takesFound(fields))).toEqual([true, false])
    expect(answerOf(visit, metOf(visit), met, {}, fields).fields).toMatchObject({
      heard_income: 120000,
      found_ill: ['7'],
    })
    expect(ownFields(metOf(visit), fields)).toEqual([])
    const other = answerOf(survey, metOf(survey), met, { survey_result: 'worse' }, fields).fields
    expect(Object.keys(other)).toEqual(['survey_result', 'officers', 'note'])
  })
  it('and says so where an amount cannot be read', () => {
    const lacks = lacksOf(visit, metOf(visit), { ...common, found: { heard_income: '一千二' } }, {}, fields)
    expect(lacks).toEqual([{ task: '', field: 'heard_income', why: 'unreadable' }])
  })
  it('and in the record where it has none', () => {
    const told = answerOf(survey, metOf(survey), common, { survey_result: 'worse' }, fields).fields
    expect(told['survey_result']).toBe('worse')
    expect(told['note']).toBe('在家，老人身体尚可\n到户时间 2026-11-27 14:05\n屋顶漏雨\n24.1, 115.2（±20 米）')
    expect(told).not.toHaveProperty('place')
    expect(told).not.toHaveProperty('findings')
  })
  it('in vain says why, and asks nothing that only the people could answer', () => {
    const told = answerOf(survey, vainOf(survey), { ...common, meeting: 'refused' }, {}, fields)
    expect(told.fields['attempt']).toBe('refused')
    expect(ownFields(vainOf(survey), fields)).toEqual([])
  })
})

describe('what is lacking', () => {
  it('is told before the officer leaves the door', () => {
    const lacks = lacksOf(survey, metOf(survey), { ...common, note: ' ', officers: ['zhang'] }, {}, fields)
    expect(lacks).toEqual([
      { task: '381', field: 'survey_result', why: 'missing' },
      { task: '', field: 'note', why: 'missing' },
    ])
    expect(lacksOf(visit, vainOf(visit), { ...common, officers: ['zhang'] }, {}, fields)).toEqual([
      { task: '', field: 'officers', why: 'few' },
    ])
    expect(lacksOf(visit, metOf(visit), common, {}, fields)).toEqual([])
  })
})

describe('who goes along', () => {
  it('is ticked or written, and oneself is among them once', () => {
    expect(companionsOf({ officers: ' li，wang  zhao、' })).toEqual(['li', 'wang', 'zhao'])
    const door = freshDoor(null, new Date('2026-11-28T02:00:00Z'))
    door.officers = 'li zhang'
    expect(commonOf(door, 'zhang', 0).officers).toEqual(['zhang', 'li'])
  })
})
