// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Schema } from '../../api/client'
import { figure, MEASURES, pressing, ranked, toldMeasures, type OverviewUnit } from './measures'

const counted = (count: number) => ({ count, list: `/api/v1/warnings?n=${count}` })
function unit(code: string, open: number | null, own = false): OverviewUnit {
  return {
    unit: code,
    title: code,
    kind: 'township',
    region: null,
    own,
    tile: null,
    households: null,
    warnings:
      open === null
        ? null
        : { open: counted(open), levels: [], urgent: counted(0), urgent_per_thousand: open === 0 ? null : open / 3 },
    cases: null,
  }
}
const open = MEASURES.find((measure) => measure.id === 'open') as (typeof MEASURES)[number]

describe('places in order', () => {
  it('stand the highest first, the office itself last and only if anything stands there', () => {
    expect(ranked([unit('county', 9, true), unit('a', 2), unit('b', 5)], open).map((one) => one.unit)).toEqual([
      'b',
      'a',
      'county',
    ])
    expect(ranked([unit('county', 0, true), unit('a', 2)], open)).toHaveLength(1)
  })
  it('are measured by what is told alone', () => {
    expect(toldMeasures([unit('a', 3)]).map((measure) => measure.id)).toEqual(['rate', 'open'])
    expect(toldMeasures([unit('a', null)])).toEqual([])
  })
  it('unknown is told as such, never as nothing', () => {
    expect([figure(null), figure(0), figure(12.345)]).toEqual(['—', '0', '12.3'])
  })
})

describe('what is past its day at a place', () => {
  it('is told apart: by law, and past a target of the office alone', () => {
    const cases = {
      open: counted(9),
      overdue: counted(5),
      overdue_by_law: counted(2),
      past_target: counted(3),
      due_today: counted(0),
      near: counted(0),
    }
    const place = { ...unit('a', 4), cases }
    const told = toldMeasures([place]).map((measure) => [measure.id, measure.of(place), measure.list(place)])
    expect(told.slice(2)).toEqual([
      ['late', 2, '/api/v1/warnings?n=2'],
      ['target', 3, '/api/v1/warnings?n=3'],
    ])
  })
})

describe('what is due', () => {
  function due(machine: string, law: number, today: number, near: number, target = 0): Schema['OverviewDue'] {
    const title = { zh: machine, en: machine }
    return {
      machine,
      machine_title: title,
      state: 's',
      state_title: title,
      open: counted(50),
      overdue: counted(law + target),
      overdue_by_law: counted(law),
      past_target: counted(target),
      due_today: counted(today),
      near: counted(near),
    }
  }
  it('has the late first and leaves out what presses nobody', () => {
    const list = pressing([due('calm', 0, 0, 0), due('near', 0, 0, 4), due('today', 0, 3, 0), due('late', 1, 0, 0)])
    expect(list.map((one) => one.machine)).toEqual(['late', 'today', 'near'])
  })
  it('is late by law before it is past a target of the office, however many those are', () => {
    const list = pressing([due('target', 0, 9, 0, 50), due('today', 0, 9, 9), due('law', 1, 0, 0)])
    expect(list.map((one) => one.machine)).toEqual(['law', 'target', 'today'])
  })
})
