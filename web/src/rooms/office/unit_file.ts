// SPDX-License-Identifier: Apache-2.0
// A file of units in the three forms in which offices keep one: a table (CSV), the YAML list of `doudi units load`,
// JSON. Only what such a file says is read; the server judges every row.
import type { Schema } from '../../api/client'
import { lastOf } from '../../parts/last'

export type UnitRow = Schema['UnitRow']
export type ReadUnits =
  | { readonly rows: readonly UnitRow[] }
  | { readonly trouble: 'none' | 'heading' | 'missing' | 'notRead'; readonly word: string; readonly row: number }

const KEYS = ['code', 'title', 'kind', 'parent', 'region', 'department', 'from', 'until', 'tile'] as const
const NEEDED = ['code', 'title', 'kind', 'from'] as const
type Written = Record<string, string>

/** Text as offices save it: UTF-8 with or without a mark, or GB18030. */
export function textOf(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('gb18030').decode(bytes)
  }
}

export function readUnits(text: string): ReadUnits {
  const content = text.replace(/^\uFEFF/, '')
  const first = content.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#')) ?? ''
  if (/^\s*[[{]/.test(first)) return fromJson(content)
  return /^\s*-(\s|$)/.test(first) ? fromYaml(content) : fromTable(content)
}

function checked(written: readonly { row: number; fields: Written }[]): ReadUnits {
  if (written.length === 0) return { trouble: 'none', word: '', row: 0 }
  const rows: UnitRow[] = []
  for (const { row, fields } of written) {
    const unknown = Object.keys(fields).find((key) => !(KEYS as readonly string[]).includes(key))
    if (unknown !== undefined) return { trouble: 'heading', word: unknown, row }
    const missing = NEEDED.find((key) => !fields[key])
    if (missing) return { trouble: 'missing', word: missing, row }
    const told = Object.entries(fields).filter(([key, value]) => value !== '' && key !== 'tile')
    rows.push(Object.fromEntries(told) as unknown as UnitRow)
  }
  return { rows }
}

function fromJson(text: string): ReadUnits {
  try {
    const read: unknown = JSON.parse(text)
    const list: unknown = Array.isArray(read) ? read : (read as { units?: unknown }).units
    if (!Array.isArray(list)) return { trouble: 'none', word: '', row: 0 }
    return checked(
      list.map((one: unknown, n) => ({
        row: n + 1,
        fields: Object.fromEntries(
          Object.entries(one as Record<string, unknown>)
            .filter(([, value]) => value !== null)
            .map(([key, value]) => [key, String(value)]),
        ),
      })),
    )
  } catch {
    return { trouble: 'notRead', word: '', row: 1 }
  }
}

function fromTable(text: string): ReadUnits {
  const [head = [], ...body] = cellsOf(text)
  const headings = head.map((cell) => cell.trim())
  const unknown = headings.find((word) => word !== '' && !(KEYS as readonly string[]).includes(word))
  if (unknown !== undefined) return { trouble: 'heading', word: unknown, row: 1 }
  return checked(
    body
      .map((cells, n) => ({
        row: n + 2,
        fields: Object.fromEntries(headings.map((key, at) => [key, (cells[at] ?? '').trim()])),
      }))
      .filter(({ fields }) => Object.values(fields).some(Boolean)),
  )
}

/** Cells of a CSV; quotes may hold commas, quotes and breaks. */
export function cellsOf(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const found of text.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|\n|\r|$)/g)) {
    const [whole, cell = '', end] = found
    if (whole === '' && row.length === 0) break
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)
    if (end === ',') continue
    rows.push(row)
    row = []
    if (end === '') break
  }
  return rows
}

/** `- {code: a, title: b}` a line, or `- code: a` with the rest below it. */
function fromYaml(text: string): ReadUnits {
  const found: { row: number; fields: Written }[] = []
  for (const [n, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/(^|\s)#.*$/, '').trimEnd()
    if (line.trim() === '') continue
    const begins = /^\s*-\s*(.*)$/.exec(line)
    if (begins) found.push({ row: n + 1, fields: {} })
    const at = lastOf(found)
    const said = begins ? (begins[1] ?? '') : line.trim()
    const pairs = pairsOf(said)
    if (!at || !pairs) return { trouble: 'notRead', word: '', row: n + 1 }
    Object.assign(at.fields, pairs)
  }
  return checked(found)
}

function pairsOf(said: string): Written | null {
  const flow = /^\{(.*)\}$/.exec(said)
  const parts = flow ? splitFlow(flow[1] ?? '') : [said]
  const fields: Written = {}
  for (const part of parts.filter((one) => one.trim() !== '')) {
    const pair = /^\s*(\w+):\s*(?:"([^"]*)"|'([^']*)'|(.*?))\s*$/.exec(part)
    if (!pair?.[1]) return null
    fields[pair[1]] = pair[2] ?? pair[3] ?? pair[4] ?? ''
  }
  return fields
}

/** Commas between pairs, not those within quotes or brackets. */
function splitFlow(said: string): string[] {
  return said.match(/(?:"[^"]*"|'[^']*'|\[[^\]]*\]|\{[^}]*\}|[^,])+/g) ?? []
}
