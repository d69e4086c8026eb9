// SPDX-License-Identifier: Apache-2.0
// Words about what one lets offices check, as plain as the rest of the citizen's pages.
import type { Words } from '../../words/language'

export const AUTHORISE = {
  title: { zh: '我签过的同意书', en: 'What I agreed to' },
  what: {
    zh: '同意书是您同意工作人员去核对收入和财产的凭证。没有它，谁也不能去查。',
    en: 'It lets the office check your income and property. Without it nobody may.',
  },
  notRegistered: {
    zh: '您家现在不在台账里，不用在这里签。申请救助时可以在窗口签。',
    en: 'Your home is on no register now: nothing is to be signed here. At an application you sign at the window.',
  },
  none: { zh: '还没有您签的同意书。', en: 'You have signed none yet.' },
  mine: { zh: '核对我的收入和财产', en: 'My income and property' },
  ofAnother: { zh: '我作为监护人替家人签的', en: 'Signed for one of the family, as guardian' },
  ofSupported: { zh: '我作为赡养（抚养、扶养）人签的', en: 'Signed as one who owes support' },
  byGuardian: { zh: '由监护人替我签的', en: 'Signed for me by a guardian' },
  term: { zh: '{from} 签，到 {until} 为止', en: 'Signed on {from}, until {until}' },
  online: { zh: '网上签的', en: 'signed here' },
  atWindow: { zh: '窗口签的', en: 'signed at the window' },
  revokedOn: { zh: '{on} 起已经收回', en: 'Taken back from {on}' },
  over: { zh: '已经到期', en: 'Over' },
  signNow: { zh: '现在签', en: 'Sign now' },
  until: { zh: '同意到哪一天', en: 'Until which day' },
  untilHint: { zh: '最晚到 {until}，到期自动作废。', en: '{until} at the latest; it ends by itself.' },
  agree: {
    zh: '我同意民政部门在办理救助期间，核对我本人的收入和财产。',
    en: 'I agree that the civil affairs office checks my own income and property while it helps my home.',
  },
  notAgreed: { zh: '请先勾选同意', en: 'Tick the agreement first' },
  sign: { zh: '签署', en: 'Sign' },
  signed: { zh: '已经签好', en: 'Signed' },
  guardianSigns: {
    zh: '您还没有成年，要由监护人到窗口签。',
    en: 'You are not of age: your guardian signs at the window.',
  },
  ageUnknown: {
    zh: '系统里没有您的出生日期，请带户口簿到窗口签。',
    en: 'Your birthday is not known here: please sign at the window, with the household book.',
  },
  takeBack: { zh: '收回', en: 'Take back' },
  takeBackTitle: { zh: '收回这份同意？', en: 'Take this agreement back?' },
  takeBackWhat: {
    zh: '从今天起不再核对。没有核对，有的救助可能办不了。以后可以再签。',
    en: 'From today nothing is checked, and some help may not be given. You may sign again later.',
  },
  takenBack: { zh: '已经收回', en: 'Taken back' },
} satisfies Record<string, Words>
