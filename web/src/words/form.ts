// SPDX-License-Identifier: Apache-2.0
// Days, counts and money as an office writes them.
import { language, say, type Words } from './language'

export function number(value: number): string {
  return value.toLocaleString(language.value === 'zh' ? 'zh-CN' : 'en-GB')
}

/** Fen as yuan; exact. */
export function yuan(fen: number | string): string {
  const amount = typeof fen === 'string' ? Number(fen) : fen
  return (amount / 100).toLocaleString('zh-CN', { minimumFractionDigits: 2, maximumFractionDigits: 2 })
}

/** 2025-06-30 as 2025年6月30日, or 30 June 2025. */
export function day(iso: string | null | undefined): string {
  if (!iso) return say(NONE)
  const [year, month, date] = iso.slice(0, 10).split('-').map(Number)
  if (year === undefined || month === undefined || date === undefined) return iso
  if (language.value === 'zh') return `${year}年${month}月${date}日`
  return new Date(Date.UTC(year, month - 1, date)).toLocaleDateString('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** 2025-06 as 2025年6月, or June 2025. */
export function month(iso: string): string {
  const [year, at] = iso.split('-').map(Number)
  if (!year || !at) return iso
  if (language.value === 'zh') return `${year}年${at}月`
  return new Date(Date.UTC(year, at - 1)).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
}

/** An instant in the office's own time. */
export function instant(iso: string | null | undefined): string {
  if (!iso) return say(NONE)
  return new Date(iso).toLocaleString(language.value === 'zh' ? 'zh-CN' : 'en-GB', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  })
}

/** The time of day of an instant, in the office's own time. */
export function clock(iso: string): string {
  return new Date(iso).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
}

/** Today where the reader is, as 2025-06-30. */
export function today(now = new Date()): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}

/** How far a day is, in natural days; negative when it is over. */
export function daysUntil(iso: string, from = today()): number {
  return Math.round((Date.parse(`${iso}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

export function bytes(count: number): string {
  if (count < 1024) return `${count} B`
  const kilo = count / 1024 // as the office's computers count
  return kilo < 1024 ? `${kilo.toFixed(1)} KB` : `${(kilo / 1024).toFixed(1)} MB`
}

const NONE: Words = { zh: '—', en: '—' }
