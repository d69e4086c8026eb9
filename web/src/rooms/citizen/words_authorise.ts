// SPDX-License-Identifier: Apache-2.0
// Words about what one lets offices check, as plain as the rest of the citizen's pages.
import type { Words } from '../../words/language'

export const AUTHORISE = {
  title: { zh: '我签过的同意书', en: 'Consents I signed' },
  what: {
    zh: '同意书是您同意工作人员去核对收入和财产的凭证。没有它，谁也不能去查。',
    en: 'A consent allows staff to check income and property. Without it nobody may check.',
  },
  notRegistered: {
    zh: '您家现在不在名册里，不用在这里签。申请救助时可以在窗口签。',
    en: 'Your family is not on the register now, so nothing is signed here. You can sign at the window when applying.',
  },
  none: { zh: '还没有您签的同意书。', en: 'No signed consent yet.' },
  mine: { zh: '核对我的收入和财产', en: 'My income and property' },
  ofAnother: { zh: '我作为监护人替家人签的', en: 'Signed by me as guardian of a family member' },
  ofSupported: { zh: '我作为赡养（抚养、扶养）人签的', en: 'Signed by me as a relative who owes support' },
  byGuardian: { zh: '由监护人替我签的', en: 'Signed for me by my guardian' },
  term: { zh: '{from} 签，{until} 到期', en: 'Signed on {from}, ends on {until}' },
  online: { zh: '网上签的', en: 'Signed online' },
  atWindow: { zh: '窗口签的', en: 'Signed at the window' },
  revokedOn: { zh: '{on} 起已经收回', en: 'Withdrawn from {on}' },
  over: { zh: '已经到期', en: 'Expired' },
  signNow: { zh: '现在签', en: 'Sign now' },
  until: { zh: '哪一天到期', en: 'Ends on' },
  untilHint: { zh: '最晚 {until}，到期自动作废。', en: '{until} at the latest; it ends by itself.' },
  agree: {
    zh: '我同意民政部门在办理救助期间，核对我本人的收入和财产。',
    en: 'I agree that civil affairs may check my own income and property while handling help for my family.',
  },
  notAgreed: { zh: '请先勾选同意', en: 'Please tick the box first' },
  sign: { zh: '签署', en: 'Sign' },
  signed: { zh: '已经签好', en: 'Signed' },
  guardianSigns: {
    zh: '您还没有成年，要由监护人到窗口签。',
    en: 'You are under age: your guardian signs at the window.',
  },
  ageUnknown: {
    zh: '系统里没有您的出生日期，请带户口簿到窗口签。',
    en: 'We do not have your date of birth: please sign at the window with your household register.',
  },
  takeBack: { zh: '收回', en: 'Withdraw' },
  takeBackTitle: { zh: '收回这份同意？', en: 'Withdraw this consent?' },
  takeBackWhat: {
    zh: '从今天起不再核对。没有核对，有的救助可能办不了。以后可以再签。',
    en: 'Checks stop today; some help may then not be possible. You can sign again later.',
  },
  takenBack: { zh: '已经收回', en: 'Withdrawn' },
} satisfies Record<string, Words>
