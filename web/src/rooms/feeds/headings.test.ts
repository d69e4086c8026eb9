// SPDX-License-Identifier: Apache-2.0
import { describe, expect, it } from 'vitest'
import type { Job } from '../../api/jobs'
import { fieldsOf, headingsOf, lacking, mapOf, saidBefore } from './headings'

const FILE = {
  row: 1,
  dataset: 'hr.unemployment_roll',
  dataset_title: { zh: '失业登记名册', en: 'Roll' },
  unknown: ['公民证号', '备注'],
  fields: [
    { field: 'id_number', title: '身份证号', required: true, heading: null },
    { field: 'registered_on', title: '登记日期', required: true, heading: '登记日期' },
    { field: 'reason', title: '失业原因', required: false, heading: null },
  ],
}
const job = (dataset: string, heading: string, field: string) =>
  ({ parameters: { headings: { dataset, columns: [{ heading, field }] } } }) as unknown as Job

describe('headings of a file', () => {
  it('are read once every required field has one, known or said', () => {
    expect(lacking(FILE.fields, {}).map((one) => one.field)).toEqual(['id_number'])
    expect(lacking(FILE.fields, { id_number: '公民证号' })).toEqual([])
  })
  it('go out as what was said alone', () => {
    expect(mapOf(FILE.dataset, { id_number: '公民证号', reason: '' })).toEqual({
      dataset: 'hr.unemployment_roll',
      columns: [{ heading: '公民证号', field: 'id_number' }],
    })
  })
  it('are proposed as they were said before, of the same dataset, the latest first', () => {
    const jobs = [
      job('hr.pensions', '备注', 'id_number'),
      job('hr.unemployment_roll', '公民证号', 'id_number'),
      job('hr.unemployment_roll', '备注', 'id_number'),
      job('hr.unemployment_roll', '别的', 'reason'),
      { parameters: {} } as unknown as Job,
    ]
    expect(saidBefore(jobs, FILE.dataset, FILE.fields, FILE.unknown)).toEqual({ id_number: '公民证号' })
  })
  it('are held against another dataset by what it knows', () => {
    const columns = [
      { field: 'day', type: 'date', required: true, headings: ['办理日期', '登记日期'] },
      { field: 'id_number', type: 'id_number', required: true, headings: ['身份证号'] },
    ] as const
    expect(fieldsOf(columns as never, headingsOf(FILE)).map((one) => one.heading)).toEqual(['登记日期', null])
  })
})
