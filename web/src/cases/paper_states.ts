// SPDX-License-Identifier: Apache-2.0
// How a paper of a case stands.
import type { Words } from '../words/language'

export const PAPER_STATES: Readonly<Record<string, { title: Words; tone: string }>> = {
  ready: { title: { zh: '可印', en: 'Ready' }, tone: 'green' },
  not_due: { title: { zh: '未到时间', en: 'Not yet' }, tone: 'grey' },
  withheld: { title: { zh: '不张贴', en: 'Not posted' }, tone: 'orange' },
  gone: { title: { zh: '已销毁', en: 'Destroyed' }, tone: 'grey' },
}
