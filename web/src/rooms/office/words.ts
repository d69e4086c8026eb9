// SPDX-License-Identifier: Apache-2.0
// Titles of the screens; what a screen says beyond that stands in words_*.ts beside it.
import type { Words } from '../../words/language'

export const SAID = {
  accounts: { zh: '账号', en: 'Accounts' },
  roles: { zh: '角色与权限', en: 'Roles and rights' },
  tokens: { zh: '部门接口令牌', en: 'API tokens' },
  units: { zh: '单位', en: 'Offices' },
  audit: { zh: '访问记录', en: 'Access log' },
  jobs: { zh: '后台任务', en: 'Jobs' },
  exchange: { zh: '平台交换', en: 'Exchange' },
  retention: { zh: '保存期限', en: 'Retention' },
  holds: { zh: '停删', en: 'Holds' },
  proofs: { zh: '删除证明', en: 'Proofs of deletion' },
  keeping: { zh: '保存期限的各页', en: 'Retention pages' },
  anchors: { zh: '每日存证', en: 'Daily anchors' },
  visibility: { zh: '信息可见范围', en: 'Who sees what' },
  assignments: { zh: '家庭分派', en: 'Assignments' },
  keptApart: { zh: '未授权未采用', en: 'Unauthorised data' },
  closings: { zh: '批量办结预警', en: 'Close warnings' },
  close: { zh: '办结', en: 'Close' },
  state: { zh: '状态', en: 'Status' },
  from: { zh: '起', en: 'From' },
  until: { zh: '止', en: 'Until' },
  at: { zh: '时间', en: 'When' },
  by: { zh: '操作人', en: 'By' },
  kind: { zh: '类别', en: 'Type' },
  noneYet: { zh: '还没有', en: 'None yet' },
} satisfies Record<string, Words>
