// SPDX-License-Identifier: Apache-2.0
import type { Words } from '../words/language'

export const FIRST = {
  title: { zh: '第一次申请', en: 'Apply for the first time' },
  titleObjection: { zh: '写下不同意见', en: 'Write down an objection' },
  offer: {
    zh: '家里没有登记过，也可以先在网上写下来，由当地乡镇（街道）联系您。',
    en: 'If your family was never registered, write it down here and your township calls you.',
  },
  intro: {
    zh: '写好后交给您住地的乡镇（街道）。他们会打电话给您，再一起办手续。不用登录。',
    en: 'It goes to the township where you live. They call you and go through the rest with you. No sign-in is needed.',
  },
  name: { zh: '姓名', en: 'Name' },
  number: { zh: '身份证号', en: 'Identity number' },
  phone: { zh: '电话', en: 'Phone' },
  region: { zh: '住在哪个乡镇（街道）', en: 'Township or street where you live' },
  choose: { zh: '请选择', en: 'Choose' },
  need: { zh: '遇到了什么困难，想要什么帮助（可不写）', en: 'What happened, and what help you need (optional)' },
  needObjection: { zh: '您觉得哪里不对', en: 'What do you think is wrong' },
  consent: {
    zh: '我同意把这些信息交给住地的乡镇（街道），只用来办这件事；办完三十天后删除。',
    en: 'I agree that the township receives this for this matter only; it is deleted 30 days after the matter ends.',
  },
  consentSeen: {
    zh: '本人已同意把这些信息用于办理这件事',
    en: 'The person has agreed to the use of this information for this matter',
  },
  fill: { zh: '请把姓名、身份证号、电话、住地写全。', en: 'Please give name, identity number, phone and place.' },
  tick: { zh: '同意的请打上勾，才能提交。', en: 'Please tick the statement if you agree, then submit.' },
  send: { zh: '提交', en: 'Submit' },
  sent: { zh: '已经交给{office}', en: 'Sent to {office}' },
  receipt: {
    zh: '回执号：{receipt}。打电话问进度时请报这个号。',
    en: 'Receipt: {receipt}. Please give it when you call.',
  },
} satisfies Record<string, Words>

export const DESK = {
  title: { zh: '首次申请登记', en: 'First requests' },
  sub: {
    zh: '不在册的群众在网上或窗口写下的申请和异议：由您联系本人，发起办件或说明不予办理的理由。办结三十天后删除。',
    en: 'From people not on the register: call them, then open a case or say why not. Deleted 30 days after that.',
  },
  atWindow: { zh: '窗口登记', en: 'Record at the window' },
  open: { zh: '发起办件', en: 'Open a case' },
  decline: { zh: '不予办理', en: 'Decline' },
  declineHint: { zh: '请写明理由，并电话告知本人。', en: 'Give the reason, and tell the person by telephone.' },
  declined: { zh: '已记为不予办理', en: 'Recorded as declined' },
  none: { zh: '没有待办的登记', en: 'No request is waiting' },
  noneHint: { zh: '群众在网上写下后会列在这里。', en: 'Requests that people write online are listed here.' },
  receipt: { zh: '回执号', en: 'Receipt' },
  sentBy: { zh: '来自平台 {peer}', en: 'sent by {peer}' },
  about: { zh: '事项', en: 'About' },
  at: { zh: '提交', en: 'Sent' },
  need: { zh: '情况', en: 'What happened' },
  waiting: { zh: '待办理', en: 'Waiting' },
  all: { zh: '全部', en: 'All' },
  opened: { zh: '已发起', en: 'Opened' },
} satisfies Record<string, Words>
